/** I/O ports and memory; so far only its barrier. */
export { mmiowb } from "../../kernel/barrier.ts";
