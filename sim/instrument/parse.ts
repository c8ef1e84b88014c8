import { parse as babelParse, type ParserOptions } from "@babel/parser";
import type * as t from "@babel/types";

/** A syntax error as the parser reports it; line and column count from 1. */
export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface Parsed {
  /** Null when the parser could not recover. */
  readonly program: t.Program | null;
  readonly problems: readonly SyntaxProblem[];
}

const options: ParserOptions = {
  sourceType: "module",
  errorRecovery: true,
  attachComment: false,
  allowReturnOutsideFunction: false,
  allowAwaitOutsideFunction: true,
  plugins: ["typescript", "decorators-legacy"],
};

interface BabelError {
  readonly message: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

function problem(error: BabelError): SyntaxProblem {
  return {
    message: error.message.replace(/\s*\(\d+:\d+\)$/, ""),
    line: error.loc?.line ?? 1,
    column: (error.loc?.column ?? 0) + 1,
  };
}

/** Parses TypeScript as an ES module; reports every syntax error that the parser can recover from. */
export function parse(source: string): Parsed {
  try {
    const file = babelParse(source, options);
    const errors = (file.errors ?? []) as unknown as BabelError[];
    return { program: file.program, problems: errors.map(problem) };
  } catch (error) {
    return { program: null, problems: [problem(error as BabelError)] };
  }
}
