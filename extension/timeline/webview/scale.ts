/** The marks of the scale above the picture, and their words. */
import type { Axis } from "../../../debug-adapter/messages/timeline.ts";
import type { Span } from "./span.ts";

export interface ScaleMark {
  readonly at: number;
  readonly text: string;
}

const UNITS = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
  ["ns", 1],
] as const;

/** At most so many marks, 1, 2 or 5 times a power of ten apart, each with as many digits as tell it from the next. */
export function scaleMarks({ from, to }: Span, axis: Axis, most: number): ScaleMark[] {
  const rough = Math.max(1, (to - from) / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const marks: ScaleMark[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++)
    marks.push({ at: n * step, text: axis === "time" ? timeMark(n * step, step) : `#${n * step}` });
  return marks;
}

function timeMark(ns: number, step: number): string {
  const [unit, size] = UNITS.find((one) => ns >= one[1]) ?? UNITS[3];
  const digits = Math.max(0, Math.ceil(Math.log10(size / step)));
  return `${(ns / size).toFixed(digits)} ${unit}`;
}
