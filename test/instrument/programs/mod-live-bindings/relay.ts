export { count, renamed as again, Watch, default as increment } from "./counter.ts";
export * as all from "./counter.ts";
export * from "./counter.ts";
import { count } from "./counter.ts";
export const snapshot = count;
export const live = () => count;
export let history = "shadows the star export";
