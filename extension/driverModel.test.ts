import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileKind, whyNoModel } from "./driverModel.ts";

const TEMPLATE = readFileSync(new URL("../examples/templates/minimal/mynet.ts", import.meta.url), "utf8");

const cases: [string, string, ReturnType<typeof fileKind>][] = [
  ["the template", TEMPLATE, "model"],
  ["a thread module", `import { module_init } from 'linux/module';\nmodule_init(() => 0);`, "model"],
  ["a workload", `import { insmod } from "lab/workload";\nexport default () => insmod();`, "workload"],
  [
    "a workload with kernel constants",
    `import { insmod } from "lab/workload";\nimport { IFF_UP } from "linux/if";`,
    "workload",
  ],
  ["a helper of a model", `import { sk_buff } from "linux/skbuff";\nexport const f = 1;`, "other"],
  [
    "a model in comments only",
    `// import { a } from "linux/a"; module_init(x)\n/* module_init(x) from "linux/a" */`,
    "other",
  ],
  ["another function of that name", "module_init(f);", "other"],
  ["nothing", "", "other"],
];

test.each(cases)("%s", (_name, text, kind) => {
  expect(fileKind(text)).toBe(kind);
});

test("says what to do about a file that is no model", () => {
  expect(whyNoModel("w.ts", `import { ping } from "lab/workload";`)).toMatch(
    /^w\.ts is a workload.*"workload"/,
  );
  expect(whyNoModel("x.ts", "let a = 1;")).toMatch(/^x\.ts is no driver model.*module_init/);
  expect(whyNoModel("mynet.ts", TEMPLATE)).toBeUndefined();
});
