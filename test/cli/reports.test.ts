/** What `--sarif` and `--junit` write is what other programs read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli, Folder, netdevLab, root } from "./netdev-lab.ts";
import { readXml, type XmlElement } from "./xml.ts";

const folder = new Folder();
const files = { sarif: join(folder.path, "r.sarif"), junit: join(folder.path, "r.xml") };
const WRITE = ["--sarif", files.sarif, "--junit", files.junit];
afterAll(() => folder.remove());

/** The schema of SARIF 2.1.0 as OASIS published it (draft 4 of JSON Schema, without its descriptions). */
function sarifSchema(): ValidateFunction {
  const text = readFileSync(join(import.meta.dirname, "sarif-2.1.0.schema.json"), "utf8");
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat("uri", (s) => URL.canParse(s));
  ajv.addFormat("uri-reference", (s) => URL.canParse(s, "file:///") && !/[\s\\<>"{}|^`]/.test(s));
  ajv.addFormat("date-time", (s) => !Number.isNaN(Date.parse(s)));
  return ajv.compile(schema);
}

interface SarifRun {
  readonly invocations: { readonly executionSuccessful: boolean }[];
  readonly results: {
    readonly ruleId: string;
    readonly locations: {
      readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    }[];
    readonly relatedLocations: unknown[];
  }[];
}

it("the schema refuses what is no SARIF", () => {
  const valid = sarifSchema();
  for (const run of [{ results: [] }, { tool: { driver: { name: "x" } }, results: [{ level: "bad" }] }])
    expect(valid({ version: "2.1.0", runs: [run] })).toBe(false);
});

function sarifRun(): SarifRun {
  const log: unknown = JSON.parse(readFileSync(files.sarif, "utf8"));
  const valid = sarifSchema();
  expect(valid(log), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
  return (log as { runs: SarifRun[] }).runs[0]!;
}

/** What is known of JUnit's form: suites hold cases, cases hold failures and errors, and the counts are right. */
function junitSuite(): XmlElement {
  const suite = readXml(readFileSync(files.junit, "utf8"));
  expect(suite.name).toBe("testsuite");
  const holding = (name: string): number =>
    suite.children.filter((c) => c.children.some((e) => e.name === name)).length;
  const { tests, failures, errors, time } = suite.attributes;
  expect([Number(tests), Number(failures), Number(errors)]).toEqual([
    suite.children.length,
    holding("failure"),
    holding("error"),
  ]);
  expect(Number(time)).toBeGreaterThanOrEqual(0);
  for (const { name, attributes, children } of suite.children) {
    expect([name, Object.keys(attributes).sort().slice(0, 2)]).toEqual(["testcase", ["classname", "name"]]);
    for (const child of children) {
      expect(["failure", "error"]).toContain(child.name);
      expect(child.attributes.message).toBeTruthy();
    }
  }
  return suite;
}

describe("check", () => {
  beforeAll(async () => {
    await buildCli();
    const broken = folder.write('broken <&"> ü.ts', "module_init(;\n");
    const snull = folder.write("wrong.ts", WRONG);
    await netdevLab(["check", "examples/snull/snull.ts", snull, broken, "--time", "1", ...WRITE]);
  }, 120_000);

  it("writes valid SARIF, with places that other programs find", () => {
    const { results, invocations } = sarifRun();
    expect(results.map((r) => r.ruleId)).toContain("txq-reclaim-excl");
    const uris = results.flatMap((r) => r.locations.map((l) => l.physicalLocation.artifactLocation.uri));
    expect(uris).toContain("examples/snull/snull.ts");
    expect(uris.some((uri) => uri.startsWith("file:///"))).toBe(true);
    expect(results.some((r) => r.relatedLocations.length > 0)).toBe(true);
    expect(invocations[0]!.executionSuccessful).toBe(false);
  });

  it("writes well-formed JUnit", () => {
    const suite = junitSuite();
    expect(suite.children).toHaveLength(3);
    const [, wrong, broken] = suite.children;
    expect(wrong!.children[0]!.attributes.message).toMatch(/oops/);
    expect(broken!.attributes.name).toMatch(/broken <&"> ü\.ts$/);
    expect(broken!.children[0]!.attributes.message).toMatch(/:1:13: /);
  });
});

it.each([
  ["run", ["run", "examples/snull/snull.ts"]],
  ["run of a silent model", ["run", "examples/dummy/dummy.ts"]],
  ["lint", ["lint", "examples/museum/H14-gianfar-life-free-registered"]],
  [
    "explore",
    ["explore", "examples/snull/snull.ts", "--time", "2", "--first", "--out", join(folder.path, "out")],
  ],
])("%s writes both", async (_name, args) => {
  await netdevLab([...args, ...WRITE], { cwd: root });
  sarifRun();
  junitSuite();
});

const WRONG = `import { module_init } from "linux/module";
import { netif_stop_queue } from "linux/netdevice";
module_init(() => {
  netif_stop_queue(null as never);
  return 0;
});
`;
