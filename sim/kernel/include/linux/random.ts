/** Random numbers. */
export { add_interrupt_randomness, get_random_bytes } from "../../lib/random.ts";
