/** TypeScript in, resumable program out. Knows no machine: see {@link Monitor} for the other side. */
export { compile } from "./compile.ts";
export { unknownImport } from "./diagnostics.ts";
export { FORBIDDEN_GLOBALS, SAFE_GLOBALS } from "./globals.ts";
export { initialisationOrder, type LinkedProgram, type LinkOptions, link } from "./link.ts";
export { load } from "./load.ts";
export * from "./monitor.ts";
export { call, resumable } from "./runtime/values.ts";
export { deserialise, serialise } from "./serialise.ts";
export { type Compile, compileTogether, type ProgramFile, shareAccessors } from "./together.ts";
export { MachineUnwind } from "./unwind.ts";
