/** Hints for the cache. */
export { prefetch } from "../../lib/compiler.ts";
