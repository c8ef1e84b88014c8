/** Problems of a run and the text that they are about: an edit takes them away, moves them, and a run that is over is told. */
import { expect, test, vi } from "vitest";

const shown = vi.hoisted(
  () => new Map<string, { message: string; source: string; range: { start: Pos } }[]>(),
);

interface Pos {
  readonly line: number;
  readonly character: number;
}

vi.mock("vscode", () => {
  class Position {
    readonly line: number;
    readonly character: number;
    constructor(line: number, character: number) {
      [this.line, this.character] = [line, character];
    }
    translate(by: number): Position {
      return new Position(this.line + by, this.character);
    }
    with({ character }: { character: number }): Position {
      return new Position(this.line, character);
    }
    isEqual(other: Position): boolean {
      return this.line === other.line && this.character === other.character;
    }
  }
  class Range {
    readonly start: Position;
    readonly end: Position;
    constructor(start: Position, end: Position) {
      [this.start, this.end] = [start, end];
    }
  }
  class Diagnostic {
    source = "";
    code: unknown;
    readonly range: Range;
    readonly message: string;
    constructor(range: Range, message: string) {
      [this.range, this.message] = [range, message];
    }
  }
  const uri = (path: string) => ({ path, toString: () => path });
  return {
    Position,
    Range,
    Diagnostic,
    DiagnosticSeverity: {},
    ThemeColor: class {},
    OverviewRulerLane: {},
    Uri: { file: uri, joinPath: (base: { path: string }, name: string) => uri(`${base.path}/${name}`) },
    l10n: { t: (text: string, value: string) => text.replace("{0}", value) },
    languages: {
      createDiagnosticCollection: () => ({
        set: (at: object, list: never[]) => shown.set(String(at), [...list]),
      }),
    },
    workspace: {
      fs: { stat: () => Promise.reject(new Error("no page")) },
      openTextDocument: () => Promise.reject(new Error("no document")),
    },
  };
});

const { Violations } = await import("./violations.ts");
const { shortText } = await import("./violationLine.ts");
const vscode = await import("vscode");

const FILE = "/m/x.ts";
const violation = (line: number) => ({ rule: "r", message: "m", file: FILE, line, column: 3 });
const problems = () => shown.get(FILE) ?? [];

function edit(line: number, text: string): never {
  const at = new vscode.Position(line, 0);
  const range = new vscode.Range(at, at);
  return { document: { uri: vscode.Uri.file(FILE) }, contentChanges: [{ range, text }] } as never;
}

function started() {
  shown.clear();
  const violations = new Violations(vscode.Uri.file("/rules"));
  violations.begin("p");
  return violations;
}

test("a problem is gone when its line changes, and moves with lines above", async () => {
  const violations = started();
  await violations.add("p", violation(10));
  violations.edited(edit(2, "new\n"));
  expect(problems()).toMatchObject([{ range: { start: { line: 10 } } }]);
  violations.edited(edit(10, "x"));
  expect(problems()).toEqual([]);
});

test("what a run reports later is about the text that it began with", async () => {
  const violations = started();
  violations.edited(edit(2, "new\n"));
  await violations.add("p", violation(10));
  expect(problems()).toMatchObject([{ range: { start: { line: 10 } } }]);
  violations.edited(edit(30, "y"));
  await violations.add("p", violation(30)); // line 31 now, which was edited
  expect(problems()).toHaveLength(1);
});

test("after the run its problems say so, and a new run takes them away", async () => {
  const violations = started();
  await violations.add("p", violation(10));
  expect(problems()).toMatchObject([{ source: "Netdev Lab" }]);
  violations.end("p");
  expect(problems()).toMatchObject([{ source: "Netdev Lab, from the last run" }]);
  violations.begin("p");
  expect(problems()).toEqual([]);
});

test("the text at the end of a line is short", () => {
  expect(shortText({ rule: "lock-order", title: "Locks in two orders", message: "…" })).toBe(
    "⛔ Locks in two orders [lock-order]",
  );
  expect(shortText({ rule: "r", title: "", message: "x".repeat(300) }).length).toBeLessThan(90);
});
