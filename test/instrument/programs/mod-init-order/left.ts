import { at } from "./log.ts";
at("left");
import { leaf } from "./leaf.ts";
export { right } from "./right.ts";
export const left = ["left", leaf.loaded];
at("left end");
