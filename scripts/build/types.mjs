// The driver-facing types: dist/api/{linux,asm,lab}/*.d.ts, emitted by the TypeScript compiler from the kernel's headers.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

export function buildTypes() {
  const out = join(root, "dist", "build", "types");
  const api = join(root, "dist", "api");
  rmSync(out, { recursive: true, force: true });
  try {
    execFileSync(process.execPath, [tsc, "-p", join(root, "sim/kernel/tsconfig.types.json")], {
      cwd: root,
      stdio: "pipe",
    });
  } catch (error) {
    process.stderr.write(error.stdout ?? "");
    throw new Error("the driver-facing types do not compile", { cause: error });
  }
  rmSync(api, { recursive: true, force: true });
  mkdirSync(api, { recursive: true });
  // the headers stand at the root, what they re-export from beside them
  cpSync(out, join(api, "sim"), { recursive: true });
  for (const entry of readdirSync(join(api, "sim"), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) makePortable(join(entry.parentPath ?? entry.path, entry.name), api);
  }
  const hash = createHash("sha256");
  for (const family of ["linux", "asm", "lab"]) {
    mkdirSync(join(api, family), { recursive: true });
    for (const name of readdirSync(join(root, "sim/kernel/include", family)).sort()) {
      const header = name.replace(/\.ts$/, "");
      const text = `export * from "../sim/kernel/include/${family}/${header}.js";\n`;
      writeFileSync(join(api, family, `${header}.d.ts`), text);
    }
  }
  for (const entry of readdirSync(api, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath ?? entry.path, entry.name)));
  }
  writeFileSync(join(api, "version"), hash.digest("hex").slice(0, 16));
}

/** Relative imports end in `.js`, by which every module resolution finds a `.d.ts`; the host module's types have a file. */
function makePortable(file, api) {
  const model = relative(dirname(file), join(api, "sim/machine/model.js")).split(sep).join("/");
  const text = readFileSync(file, "utf8")
    .replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"')
    .replaceAll('from "machine"', `from "${model.startsWith(".") ? model : `./${model}`}"`);
  writeFileSync(file, text);
}
