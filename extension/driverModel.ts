/** What kind of file a TypeScript text is, judged without parsing it. */
import { t } from "./l10n.ts";

export type FileKind = "model" | "workload" | "other";

const IMPORTS_KERNEL = /\bfrom\s*["'](?:linux|asm)\/[\w-]+["']/;
const IMPORTS_WORKLOAD = /\bfrom\s*["']lab\/workload["']/;
const REGISTERS = /\bmodule_init\s*\(/;

/** A model imports kernel headers and registers its `module_init`; a workload speaks to `lab/workload`. */
export function fileKind(text: string): FileKind {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  if (REGISTERS.test(code) && IMPORTS_KERNEL.test(code)) return "model";
  if (IMPORTS_WORKLOAD.test(code)) return "workload";
  return "other";
}

/** Part of a driver model: the model itself, or a file of it without `module_init`. */
export function isDriverCode(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return IMPORTS_KERNEL.test(code) && !IMPORTS_WORKLOAD.test(code);
}

/** Says why a file can't be debugged and what to do, or undefined for a model. */
export function whyNoModel(name: string, text: string): string | undefined {
  switch (fileKind(text)) {
    case "model":
      return undefined;
    case "workload":
      return t(
        '{0} is a workload, not a driver model: open the model and name this file as its "workload".',
        name,
      );
    case "other":
      return t('{0} is no driver model: it has no module_init(), or imports no "linux/…".', name);
  }
}
