/** HZ. */
export { HZ } from "../../kernel/tick.ts";
