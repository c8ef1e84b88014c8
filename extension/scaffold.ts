import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { refreshApi } from "./apiCopy.ts";
import { defaultConfiguration, variable } from "./contributions.ts";
import { modelText } from "./templates/model.ts";
import { readmeText } from "./templates/readme.ts";

/** Says what is wrong with a driver's name, or undefined. It becomes an identifier, a file and a device's name. */
export function nameError(name: string): string | undefined {
  if (/^[a-z][a-z0-9_]{0,12}$/.test(name)) return undefined;
  return "Lower-case letters, digits and _, a letter first, at most 13: the name becomes that of functions and of the network device.";
}

/** The files of a new driver model, by path. */
export function scaffoldFiles(name: string): Record<string, string> {
  return {
    [`${name}.ts`]: modelText(name),
    "tsconfig.json": json(tsconfig),
    ".vscode/launch.json": json({ version: "0.2.0", configurations: [launch(name)] }),
    ".gitignore": ".netdev-lab/\n",
    "README.md": readmeText(name),
  };
}

/** Writes a new driver model into a folder that is empty or does not exist; returns the model's path. */
export async function scaffold(folder: string, name: string, apiSource: string): Promise<string> {
  const present = await readdir(folder).catch(() => []);
  if (present.length > 0) throw new Error(`${folder} is not empty.`);
  for (const [path, text] of Object.entries(scaffoldFiles(name))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: "wx" });
  }
  await refreshApi(apiSource, folder);
  return join(folder, `${name}.ts`);
}

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "bundler",
    lib: ["ES2022"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      "linux/*": ["./.netdev-lab/api/linux/*"],
      "asm/*": ["./.netdev-lab/api/asm/*"],
      "lab/*": ["./.netdev-lab/api/lab/*"],
    },
  },
  include: ["*.ts"],
};

function launch(name: string) {
  const program = `${variable("workspaceFolder")}/${name}.ts`;
  return {
    ...defaultConfiguration(program),
    name: `Debug ${name}`,
    workload: "smoke",
    cpus: 2,
    seed: 1,
    nic: "none",
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
