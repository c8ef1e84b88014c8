/** The report that one sends to a colleague: one file with story, timeline of CPUs and sources; no scripts, nothing fetched. */
import { basename } from "node:path";
import type { Step } from "../../sim/explore/story.ts";
import type { Explored } from "./perform.ts";
import type { ShrunkFinding } from "./worker.ts";

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}code,pre{font:13px/1.45 ui-monospace,monospace}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #d0d7de;padding:.3rem .5rem;vertical-align:top;text-align:left}
th{background:#f3f5f7}.bad{background:#ffe5e5}.at{color:#57606a}.locks{color:#8250df}pre{overflow:auto;background:#f6f8fa;padding:.5rem}mark{background:#fff3b0}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,pre{background:#161b22}.bad{background:#4c1d1d}td,th{border-color:#30363d}mark{background:#5a4a00;color:inherit}}`;

export function htmlReport(
  report: Explored,
  findings: readonly ShrunkFinding[],
  sources: ReadonlyMap<string, string>,
): string {
  const name = basename(report.model);
  const parts = findings.map((finding) => section(finding, report.cpus));
  const lines = new Set(
    findings.flatMap((f) =>
      f.story.flatMap((s) => [s.from, s.to].flatMap((p) => (p ? [`${p.file}:${p.line}`] : []))),
    ),
  );
  const listing = [...sources].map(([file, text]) => source(file, text, lines));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(name)}: Netdev Lab</title><style>${STYLE}</style>
<h1>${escaped(name)}: ${findings.length} finding${findings.length === 1 ? "" : "s"} in ${report.runs} schedules</h1>
<p>Workload <code>${escaped(basename(report.workload))}</code>, ${report.cpus} CPUs, seed ${report.seed}, strategy ${escaped(report.strategy)}${report.complete ? "; the search was complete" : ""}.
${report.coverage.bothOrders} of ${report.coverage.pairs} pairs of conflicting operations were seen in both orders.</p>
${parts.join("\n")}<h2>Sources</h2>${listing.join("\n")}</html>\n`;
}

function section({ report, story, schedule }: ShrunkFinding, cpus: number): string {
  const heads = Array.from({ length: cpus }, (_, cpu) => `<th>CPU ${cpu}</th>`).join("");
  const rows = story.map((step, i) => row(step, cpus, i === story.length - 1)).join("\n");
  const file =
    report.schedule === null
      ? ""
      : `<p>Replay: <code>netdev-lab replay ${escaped(basename(report.schedule))}</code></p>`;
  return `<h2>${escaped(report.rule)}: ${escaped(report.message)}</h2>
<p><code>${escaped(basename(report.file))}:${report.line}</code>, on CPU ${report.cpu}, ${escaped(report.context)}; first in run ${report.run}; ${schedule.decisions.length} decisions.</p>${file}
<table><thead><tr><th>#</th>${heads}</tr></thead><tbody>\n${rows}\n</tbody></table>`;
}

function row(step: Step, cpus: number, last: boolean): string {
  const cells = Array.from({ length: cpus }, (_, cpu) =>
    cpu === step.cpu ? `<td${last ? ' class="bad"' : ""}>${cell(step)}</td>` : "<td></td>",
  );
  return `<tr><td>${step.n}</td>${cells.join("")}</tr>`;
}

function cell({ task, context, from, to, did, locks }: Step): string {
  const place =
    from === null
      ? ""
      : `<br><span class="at">${escaped(basename(from.file))}:${from.line}${to !== null && to.line !== from.line ? `–${to.line}` : ""} ${escaped(from.fn)}()</span><br><code>${escaped(from.text)}</code>`;
  const deeds = did.length === 0 ? "" : `<br>${did.map(escaped).join("; ")}`;
  const held =
    locks.length === 0 ? "" : `<br><span class="locks">holds ${locks.map(escaped).join(", ")}</span>`;
  return `<b>${escaped(task)}</b>${context === "process" ? "" : ` (${escaped(context)})`}${place}${deeds}${held}`;
}

function source(file: string, text: string, marked: ReadonlySet<string>): string {
  const lines = text.split("\n").map((line, i) => {
    const numbered = `${String(i + 1).padStart(4)}  ${escaped(line)}`;
    return marked.has(`${file}:${i + 1}`) ? `<mark>${numbered}</mark>` : numbered;
  });
  return `<h3>${escaped(basename(file))}</h3><pre>${lines.join("\n")}</pre>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
}
