import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

/** Header → constant → its value in Linux (user-visible ones as the C headers of a Linux system give them). */
const expected = JSON.parse(readFileSync(new URL("constants.json", import.meta.url), "utf8")) as Record<
  string,
  Record<string, number>
>;

test("constants have Linux's values", () => {
  const headers = Object.keys(expected);
  const imports = headers.map((header, i) => `import * as h${i} from "${header}";`);
  const entries = headers.flatMap((header, i) =>
    Object.keys(expected[header]!).map(
      (name) => `log([${JSON.stringify(header)}, "${name}", h${i}.${name}]);`,
    ),
  );
  const run = runKernel(`${imports.join("\n")}\nfunction main() {\n${entries.join("\n")}\n}`);
  const got: Record<string, Record<string, unknown>> = {};
  for (const [header, name, value] of run.log as [string, string, unknown][])
    (got[header] ??= {})[name] = value;
  expect(got).toEqual(expected);
});
