/** Text for people: compiler-style lines, colours, the summary. */
import { relative, sep } from "node:path";
import type { InstrumentDiagnostic } from "../sim/instrument/monitor.ts";
import { type Refusal, refusalText } from "../sim/lab/refusal.ts";
import type { DmesgLine } from "./job.ts";
import type { Report, ViolationReport } from "./report.ts";

export type Paint = (style: keyof typeof CODES, text: string) => string;

const CODES = { bold: 1, red: 31, green: 32, yellow: 33, blue: 34, dim: 2 } as const;

/** Colours for a stream: only on a terminal, and never against NO_COLOR. */
export function paintFor(stream: { isTTY?: boolean }): Paint {
  const on = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return (style, text) => (on ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text);
}

/** A path as the user would write it here. */
export function shortPath(file: string): string {
  if (!file.startsWith("/")) return file;
  const short = relative(process.cwd(), file);
  return short === "" || short.startsWith(`..${sep}..${sep}..`) ? file : short;
}

export function diagnosticText(d: InstrumentDiagnostic, paint: Paint): string {
  const severity = d.severity === "error" ? paint("red", "error:") : paint("yellow", "warning:");
  return `${paint("bold", `${shortPath(d.file)}:${d.line}:${d.column}:`)} ${severity} ${d.message} [${d.code}]`;
}

const SEVERITY_STYLE = { error: "red", warning: "yellow", advice: "blue" } as const;

export function violationText(v: ViolationReport, paint: Paint): string {
  const where = `${paint("bold", `${shortPath(v.file)}:${v.line}:${v.column}:`)} `;
  const also = v.alsoRules.length > 0 ? `, also ${v.alsoRules.join(", ")}` : "";
  const lines = [
    `${where}${paint(SEVERITY_STYLE[v.severity], `${v.severity}:`)} ${v.message} [${v.rule}]`,
    paint("dim", `    on CPU ${v.cpu}, ${v.context}, at tick ${v.tick}${also}`),
  ];
  for (const r of v.related) {
    const place = `${shortPath(r.file)}:${r.line}:${r.column}: `;
    lines.push(`${place}${paint("blue", "note:")} ${r.message} (CPU ${r.cpu})`);
  }
  return lines.join("\n");
}

export function summaryText(report: Report, paint: Paint): string {
  const count = (severity: string): number => report.violations.filter((v) => v.severity === severity).length;
  const found = [plural(count("error"), "error"), plural(count("warning"), "warning")];
  if (count("advice") > 0) found.push(`${count("advice")} advice`);
  const style = count("error") > 0 ? "red" : count("warning") > 0 ? "yellow" : "green";
  const run = `workload ${shortPath(report.workload)}, ${plural(report.cpus, "CPU")}, seed ${report.seed}`;
  const time = `${(report.virtualTimeNs / 1e9).toFixed(3)} s of virtual time in ${report.wallSeconds.toFixed(2)} s`;
  const history = report.historyHash === "" ? "" : `; history ${report.historyHash}`;
  return `${paint("bold", shortPath(report.model))}: ${paint(style, found.join(", "))} (${run}; ${report.ticks} ticks, ${time}${history})`;
}

export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

export function dmesgText(line: DmesgLine): string {
  const seconds = Math.floor(line.timeNs / 1e9);
  const micros = String(Math.floor((line.timeNs % 1e9) / 1000)).padStart(6, "0");
  return `[${String(seconds).padStart(5)}.${micros}] ${line.text.replace(/\n$/, "")}`;
}

/** Why a run was refused, at its place in the workload if there is one. */
export function refusedText(refusal: Refusal, model: string, workload: string): string {
  if (refusal.place !== null) return refusalText(refusal, shortPath);
  return `${shortPath(model)}: the workload ${shortPath(workload)} cannot be played: ${refusal.reason}`;
}
