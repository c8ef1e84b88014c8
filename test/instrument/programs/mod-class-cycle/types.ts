export interface Shape {
  corners: number;
}
export type { Base } from "./base.ts";
