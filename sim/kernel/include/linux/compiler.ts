/** Hints for the compiler. */

export { barrier } from "../../kernel/barrier.ts";
export { likely, unlikely } from "../../lib/compiler.ts";
