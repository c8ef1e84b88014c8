/** The CPU. */
export { cpu_relax } from "../../kernel/barrier.ts";
export { prefetch } from "../../lib/compiler.ts";
