/** `netdev-lab lint` as a user meets it. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildCli, type Ended, netdevLab } from "./netdev-lab.ts";

const RULES = join(import.meta.dirname, "../rules");
const dir = mkdtempSync(join(tmpdir(), "lint-"));

describe("netdev-lab lint", () => {
  let out: Ended;
  const sarif = join(dir, "out.sarif");

  beforeAll(async () => {
    await buildCli();
    out = await netdevLab(["lint", join(RULES, "ctx-gfp/bad.ts"), "--json", "--sarif", sarif]);
  });

  it("ends with 1 where there is an error, and tells rule, place and the way there", () => {
    expect(out.code).toBe(1);
    const report = JSON.parse(out.stdout) as {
      violations: { rule: string; line: number; related: { message: string }[] }[];
    };
    expect(report.violations).toHaveLength(1);
    expect(report.violations[0]).toMatchObject({
      rule: "mc-sleep",
      alsoRules: expect.arrayContaining(["ctx-gfp"]) as unknown,
    });
    expect(report.violations[0]!.related[0]!.message).toContain("as set_multicast_list");
  });

  it("writes SARIF", () => {
    expect(readFileSync(sarif, "utf8")).toContain('"ruleId": "mc-sleep"');
  });

  it("ends with 0 on a correct model", async () => {
    expect((await netdevLab(["lint", join(RULES, "ctx-gfp/good.ts")])).code).toBe(0);
  });

  it("ends with 2 and one message where there is nothing to read", async () => {
    const missing = await netdevLab(["lint", join(dir, "none.ts")]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("there is no file")]);
    const broken = join(dir, "broken.ts");
    writeFileSync(broken, "function f( {\n");
    const unparsed = await netdevLab(["lint", broken]);
    expect([unparsed.code, unparsed.stderr]).toEqual([2, expect.stringMatching(/broken\.ts:\d+:\d+: /)]);
  });

  it("is silent where a comment gives a reason, and only then", async () => {
    const text = readFileSync(join(RULES, "skb-errno-ret/bad.ts"), "utf8").replaceAll(
      "../lib/",
      `${relative(dir, RULES)}/lib/`,
    );
    const model = join(dir, "model.ts");
    for (const [comment, code] of [
      ["", 1],
      [" // netdev-lab-ignore skb-errno-ret", 1],
      [" // netdev-lab-ignore skb-errno-ret: the stack of this test looks at it", 0],
    ] as const) {
      writeFileSync(model, text.replace("return -ENOMEM;", `return -ENOMEM;${comment}`));
      expect((await netdevLab(["lint", model])).code, comment).toBe(code);
    }
  });
});
