import { expect, test, vi } from "vitest";
import { toolContributions, tools } from "./toolList.ts";

interface Tool {
  prepareInvocation(options: { input: object }): { confirmationMessages?: { title: string } };
  invoke(options: { input: object }): Promise<{ parts: { value: string }[] }>;
}

const registered = vi.hoisted(() => new Map<string, Tool>());
const problems = vi.hoisted(() => [] as object[]);

vi.mock("vscode", () => ({
  lm: { registerTool: (name: string, tool: Tool) => registered.set(name, tool) },
  LanguageModelToolResult: class {
    readonly parts: unknown[];
    constructor(parts: unknown[]) {
      this.parts = parts;
    }
  },
  LanguageModelTextPart: class {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
  },
  Uri: {
    file: (path: string) => ({ path }),
    joinPath: (base: { path: string }, name: string) => ({ path: `${base.path}/${name}` }),
  },
  languages: { getDiagnostics: () => problems },
  workspace: {
    fs: {
      readFile: async ({ path }: { path: string }) => {
        if (!path.endsWith("/lock-order.md")) throw new Error("none");
        return new TextEncoder().encode("# Locks in two orders");
      },
      readDirectory: async () => [
        ["lock-order.md", 1],
        ["ctx-gfp.md", 1],
        ["README.md", 1],
      ],
    },
  },
}));

const { registerReadingTools } = await import("./readingTools.ts");
const { registerRunningTools, runArguments, exploreArguments } = await import("./runningTools.ts");
registerReadingTools({ path: "/rules" } as never);
registerRunningTools("/cli.mjs", "/schedules");

const say = async (name: string, input: object): Promise<string> =>
  (await registered.get(name)!.invoke({ input })).parts.map(({ value }) => value).join("");

test("each contributed tool is there; those that run code ask first, and only those", () => {
  expect([...registered.keys()].sort()).toEqual(toolContributions.map(({ name }) => name).sort());
  const asks = toolContributions
    .filter(
      ({ name }) =>
        registered.get(name)!.prepareInvocation({ input: { file: "/m/x.ts" } }).confirmationMessages,
    )
    .map(({ name }) => name);
  expect(asks).toEqual([tools.run.name, tools.explore.name]);
});

test("a rule is looked up by id, and no other file", async () => {
  expect(await say(tools.rule.name, { id: "lock-order" })).toBe("# Locks in two orders");
  for (const id of [undefined, "../secret", "no-such"])
    expect(await say(tools.rule.name, { id })).toBe("Rules: ctx-gfp, lock-order");
});

test("what is wrong is told with its places and its rule", async () => {
  expect(await say(tools.explain.name, { file: "/m/x.ts" })).toMatch(/^Nothing is known/);
  const at = (line: number) => ({ start: { line }, end: { line } });
  problems.push(
    {
      ...{
        message: "a after b",
        range: at(6),
        source: "Netdev Lab, from the last run",
        code: { value: "lock-order" },
      },
      relatedInformation: [{ message: "b is taken", location: { uri: { path: "/m/x.ts" }, range: at(3) } }],
    },
    { message: "no semicolon", range: at(6), source: "ts", code: 1 },
  );
  const text = await say(tools.explain.name, { file: "/m/x.ts", line: 7 });
  expect(text).toBe(
    "line 7: a after b [lock-order] (Netdev Lab, from the last run)\n- b is taken (/m/x.ts:4)\n\n---\n\n# Locks in two orders",
  );
  expect(await say(tools.explain.name, { file: "/m/x.ts", line: 8 })).toMatch(/^Nothing/);
});

test("what runs is what was asked for", () => {
  expect(runArguments({ file: "/m/x.ts", seed: 0, workload: "stats" })).toEqual([
    ...["run", "/m/x.ts", "--json", "--workload", "stats", "--seed", "0"],
  ]);
  expect(exploreArguments({ file: "/m/x.ts" }, 20, "/out")).toEqual([
    ...["explore", "/m/x.ts", "--json", "--time", "20", "--out", "/out"],
  ]);
});
