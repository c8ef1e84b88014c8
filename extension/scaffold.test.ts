import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint, folderWithApi, refreshApi } from "./apiCopy.ts";
import { nameError, scaffoldFiles, scaffold as scaffoldModel } from "./scaffold.ts";
import { templates } from "./templates/templates.ts";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const [minimal] = templates();

let home: string;
let api: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "netdev-lab-scaffold-"));
  api = join(home, "dist/api");
  mkdirSync(join(api, "linux"), { recursive: true });
  cpSync(join(REPOSITORY, "examples/templates"), join(home, "examples/templates"), { recursive: true });
  writeFileSync(join(api, "linux/errno.d.ts"), "export declare const ENOMEM: number;\n");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const scaffold = (folder: string): Promise<string> =>
  scaffoldModel({ folder, name: "mynet", template: minimal!, extension: home });

test("makes a folder with everything that the editor needs", async () => {
  const folder = join(home, "mynet");
  expect(await scaffold(folder)).toBe(join(folder, "mynet.ts"));
  for (const path of Object.keys(scaffoldFiles("mynet", minimal!))) {
    expect(readFileSync(join(folder, path), "utf8").length).toBeGreaterThan(5);
  }
  expect(readFileSync(join(folder, ".netdev-lab/api/linux/errno.d.ts"), "utf8")).toContain("ENOMEM");
  const launch = JSON.parse(readFileSync(join(folder, ".vscode/launch.json"), "utf8")) as {
    configurations: { program: string }[];
  };
  expect(launch.configurations[0]?.program).toBe(`\${workspaceFolder}/mynet.ts`);
});

test("never writes into a folder that holds something", async () => {
  const folder = join(home, "mynet");
  await scaffold(folder);
  await expect(scaffold(folder)).rejects.toThrow("is not empty");
});

test("types resolve by plain files, with no npm install", async () => {
  const folder = join(home, "mynet");
  await scaffold(folder);
  writeFileSync(
    join(folder, "mynet.ts"),
    `import { ENOMEM } from "linux/errno";\nexport const e: string = ENOMEM;\n`,
  );
  expect(typeCheck(folder)).toMatch(/mynet\.ts.*Type 'number' is not assignable to type 'string'/);
  writeFileSync(
    join(folder, "mynet.ts"),
    `import { ENOMEM } from "linux/errno";\nexport const e: number = ENOMEM;\n`,
  );
  expect(typeCheck(folder)).toBe("");
});

test("refreshes a copy that is older, and only that", async () => {
  const folder = join(home, "mynet");
  await scaffold(folder);
  expect(await refreshApi(api, folder)).toBe(false);
  writeFileSync(join(api, "linux/errno.d.ts"), "export declare const EBUSY: number;\n");
  rmSync(join(folder, ".netdev-lab/api/linux/errno.d.ts"));
  expect(await refreshApi(api, folder)).toBe(true);
  expect(readFileSync(join(folder, ".netdev-lab/api/linux/errno.d.ts"), "utf8")).toContain("EBUSY");
  expect(await fingerprint(join(folder, ".netdev-lab/api"))).toBe(await fingerprint(api));
});

test("finds the copy above a model in a subfolder", async () => {
  const folder = join(home, "mynet");
  await scaffold(folder);
  expect(await folderWithApi(join(folder, "deep/er/x.ts"))).toBe(folder);
  expect(await folderWithApi(join(home, "x.ts"))).toBeUndefined();
});

test.each(["snull", "e1000", "my_net"])("%s is a name", (name) => expect(nameError(name)).toBeUndefined());
test.each(["", "8139too", "My", "a-b", "x".repeat(14), "../x"])("'%s' is none", (name) =>
  expect(nameError(name)).toBeTruthy(),
);

function typeCheck(folder: string): string {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  try {
    return execFileSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
