/** Reads the command line. */
import { parseArgs } from "node:util";
import { didYouMean } from "../sim/lab/nearest.ts";
import { refuseContradictions } from "./contradictions.ts";
import { COMMANDS, type Command, complaint, type Given, OPTIONS, optionNames } from "./options.ts";
import { UserError } from "./user-error.ts";

export interface Arguments {
  /** Null: help or version was asked for. */
  readonly command: Command | null;
  readonly wants: "command" | "help" | "version";
  readonly positionals: readonly string[];
  readonly given: Given;
}

export function readArguments(argv: readonly string[]): Arguments {
  const [word, ...rest] = argv;
  if (word === undefined || word === "help" || word === "--help" || word === "-h")
    return asking("help", commandIn(rest[0]));
  if (word === "--version" || word === "-V") return asking("version", null);
  const command = commandIn(word);
  if (command === null) {
    if (word.startsWith("-")) throw new UserError(`a command comes first: ${COMMANDS.join(", ")}`);
    throw new UserError(`there is no command "${word}"${didYouMean(word, COMMANDS)}`);
  }
  return readOptions(command, rest);
}

function asking(wants: "help" | "version", command: Command | null): Arguments {
  return { command, wants, positionals: [], given: new Map() };
}

function commandIn(word: string | undefined): Command | null {
  return COMMANDS.find((c) => c === word) ?? null;
}

function readOptions(command: Command, argv: readonly string[]): Arguments {
  const known = OPTIONS.filter((o) => o.of.includes(command));
  const options = Object.fromEntries([
    ...known.map((o) => [o.name, { type: o.type === "flag" ? ("boolean" as const) : ("string" as const) }]),
    ["help", { type: "boolean" as const, short: "h" }],
  ]);
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "help") return asking("help", command);
    const spec = known.find((o) => o.name === token.name);
    if (spec === undefined) throw unknownOption(token.rawName, command);
    const values = given.get(spec.name) ?? [];
    if (values.length > 0 && !spec.repeatable) throw new UserError(`--${spec.name} is given twice`);
    given.set(spec.name, [...values, optionValue(spec.name, spec.type, token.value)]);
    const problem = complaint(spec, token.value ?? "");
    if (problem !== null) throw new UserError(`--${spec.name} ${problem}`);
  }
  refuseContradictions(given);
  return { command, wants: "command", positionals, given };
}

function optionValue(name: string, type: "flag" | "text" | "count", value: string | undefined): string {
  if (type === "flag" && value !== undefined) throw new UserError(`--${name} takes no value`);
  if (type !== "flag" && (value === undefined || value === ""))
    throw new UserError(`--${name} needs a value`);
  return value ?? "true";
}

function unknownOption(raw: string, command: Command): UserError {
  const name = raw.replace(/^-+/, "");
  const elsewhere = OPTIONS.find((o) => o.name === name);
  const hint = elsewhere
    ? `; it belongs to ${elsewhere.of.join(", ")}`
    : didYouMean(name, [...optionNames(command), "help"], "--");
  return new UserError(`${command} has no option ${raw}${hint}`);
}
