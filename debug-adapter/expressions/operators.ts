/** JavaScript's operators as functions. */
import type { Policy } from "./environment.ts";
import { asPrimitiveOperand } from "./properties.ts";

type Binary = (a: never, b: never) => unknown;

const binary: Readonly<Record<string, Binary>> = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "%": (a: number, b: number) => a % b,
  "**": (a: number, b: number) => a ** b,
  "&": (a: number, b: number) => a & b,
  "|": (a: number, b: number) => a | b,
  "^": (a: number, b: number) => a ^ b,
  "<<": (a: number, b: number) => a << b,
  ">>": (a: number, b: number) => a >> b,
  ">>>": (a: number, b: number) => a >>> b,
  // biome-ignore lint/suspicious/noDoubleEquals: the user's operator
  "==": (a: unknown, b: unknown) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: the user's operator
  "!=": (a: unknown, b: unknown) => a != b,
  "===": (a: unknown, b: unknown) => a === b,
  "!==": (a: unknown, b: unknown) => a !== b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  in: (a: string, b: object) => a in b,
  instanceof: (a: unknown, b: new () => unknown) => a instanceof b,
};

/** Operators that compare or test, and never turn an object into a primitive. */
const KEEPS_OBJECTS: ReadonlySet<string> = new Set(["===", "!==", "in", "instanceof"]);

/** The operator as a function of values, or null if there is none of that name. */
export function binaryOperator(
  operator: string,
  policy: Policy,
): ((a: unknown, b: unknown) => unknown) | null {
  const plain = binary[operator] as ((a: unknown, b: unknown) => unknown) | undefined;
  if (plain === undefined) return null;
  if (KEEPS_OBJECTS.has(operator)) return plain;
  const convertsBoth = operator !== "==" && operator !== "!=";
  return (a, b) => {
    // Conditions compare numbers and strings mostly: those take the short way.
    if ((typeof a === "object" || typeof b === "object") && (convertsBoth || typeof a !== typeof b)) {
      asPrimitiveOperand(a, policy);
      asPrimitiveOperand(b, policy);
    }
    return plain(a, b);
  };
}

const unary: Readonly<Record<string, (a: never) => unknown>> = {
  "!": (a: unknown) => !a,
  "-": (a: number) => -a,
  "+": (a: number) => +a,
  "~": (a: number) => ~a,
  typeof: (a: unknown) => typeof a,
  void: () => undefined,
};

export function unaryOperator(operator: string, policy: Policy): ((a: unknown) => unknown) | null {
  const plain = unary[operator] as ((a: unknown) => unknown) | undefined;
  if (plain === undefined) return null;
  const keeps = operator === "!" || operator === "typeof" || operator === "void";
  return keeps ? plain : (a) => plain(asPrimitiveOperand(a, policy));
}
