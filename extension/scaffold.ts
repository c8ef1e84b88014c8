import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { refreshApi } from "./apiCopy.ts";
import { defaultConfiguration, variable } from "./contributions.ts";
import { t } from "./l10n.ts";
import { readmeText } from "./templates/readme.ts";
import { renamed, type Template } from "./templates/templates.ts";

/** Says what is wrong with a driver's name, or undefined. It becomes an identifier, a file and a device's name. */
export function nameError(name: string): string | undefined {
  if (/^[a-z][a-z0-9_]{0,12}$/.test(name)) return undefined;
  return t(
    "Lower-case letters, digits and _, a letter first, at most 13: the name becomes that of functions and of the network device.",
  );
}

export interface NewModel {
  readonly folder: string;
  readonly name: string;
  readonly template: Template;
  /** Where the extension is installed: templates and types come with it. */
  readonly extension: string;
}

/** Files around a new driver model, by path. */
export function scaffoldFiles(name: string, template: Template): Record<string, string> {
  return {
    "tsconfig.json": tsconfigText(["*.ts"]),
    ".vscode/launch.json": json({ version: "0.2.0", configurations: [launch(name, template)] }),
    ".gitignore": ".netdev-lab/\n",
    "README.md": readmeText(name, template),
  };
}

/** Writes a new driver model into a folder that is empty or does not exist; returns the model's path. */
export async function scaffold({ folder, name, template, extension }: NewModel): Promise<string> {
  const present = await readdir(folder).catch(() => []);
  if (present.length > 0) throw new Error(t("{0} is not empty.", folder));
  const model = (file: string): string => (file === `${template.placeholder}.ts` ? `${name}.ts` : file);
  const files = Object.entries(scaffoldFiles(name, template));
  for (const file of template.files) {
    const text = await readFile(join(extension, template.folder, file), "utf8");
    files.push([model(file), renamed(text, template, name)]);
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: "wx" });
  }
  await refreshApi(join(extension, "dist/api"), folder);
  return join(folder, `${name}.ts`);
}

/** Makes a folder ready for driver models anywhere below it. */
export async function prepareFolder(folder: string, apiSource: string): Promise<void> {
  await writeFile(join(folder, "tsconfig.json"), tsconfigText(["**/*.ts"]));
  await refreshApi(apiSource, folder);
}

/** A tsconfig.json by which the editor finds `linux/…`, `asm/…` and `lab/…` in the copy of the types beside it. */
function tsconfigText(include: readonly string[]): string {
  return json({ ...tsconfig, include });
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
    allowImportingTsExtensions: true,
    paths: {
      "linux/*": ["./.netdev-lab/api/linux/*"],
      "asm/*": ["./.netdev-lab/api/asm/*"],
      "lab/*": ["./.netdev-lab/api/lab/*"],
    },
  },
};

function launch(name: string, { nic }: Template) {
  const program = `${variable("workspaceFolder")}/${name}.ts`;
  return {
    ...defaultConfiguration(program),
    name: `Debug ${name}`,
    workload: "smoke",
    cpus: 2,
    seed: 1,
    nic,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
