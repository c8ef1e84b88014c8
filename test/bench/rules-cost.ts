/**
 * What judging costs: statements a second with all rules listening, and with races looked for besides, as parts of what
 * they are on the bare machine. snull's transmit path emits about a hundred events a packet: there is no dearer one.
 */

import { advance, makeLab } from "./lab.ts";
import { median, type Row } from "./table.ts";

const WARM_UP_TICKS = 4e6;
const ROUND_TICKS = 1e6;
const ROUNDS = 5;

/** Statements a second of processor time (others may use the machine, too) of one round; the lab is warm. */
function rounds(options: { rules: boolean; races: boolean }): () => number {
  const lab = makeLab("transmit.ts", options);
  advance(lab, WARM_UP_TICKS);
  return () => {
    const before = process.cpuUsage();
    advance(lab, ROUND_TICKS);
    const { user, system } = process.cpuUsage(before);
    return ROUND_TICKS / ((user + system) / 1e6);
  };
}

export function rulesCostRows(): Row[] {
  const measure = {
    bare: rounds({ rules: false, races: false }),
    judged: rounds({ rules: true, races: false }),
    raced: rounds({ rules: true, races: true }),
  };
  const [judged, raced]: [number[], number[]] = [[], []];
  // measured in turn, and compared with the bare machine of the same moment
  for (let round = 0; round < ROUNDS; round++) {
    const bare = measure.bare();
    judged.push(measure.judged() / bare);
    raced.push(measure.raced() / bare);
  }
  return [
    ["statements a second with all rules, as a part of those without", part(median(judged)), "≥ 0.5"],
    ["statements a second with races looked for, too, likewise", part(median(raced)), "≥ 0.25"],
  ];
}

const part = (n: number): string => n.toFixed(2);
