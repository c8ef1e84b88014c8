import { buildSync } from "esbuild";

/** What drivers may not use, and the packages only mention: both sides see the same stand-ins. */
const STAND_INS: Record<string, string> = {
  Date: "__lab_Date",
  Promise: "__lab_Promise",
  "Math.random": "__lab_random",
  TextEncoder: "__lab_TextEncoder",
  TextDecoder: "__lab_TextDecoder",
};

const ABSENT = [
  ..."process require window self global document console crypto performance navigator Buffer define exports module".split(
    " ",
  ),
  ..."setTimeout setInterval clearTimeout clearInterval setImmediate queueMicrotask MutationObserver Blob URL atob btoa".split(
    " ",
  ),
  ..."WeakRef FinalizationRegistry SharedArrayBuffer Intl importScripts postMessage".split(" "),
];

/** A test program and the packages that it imports, as one JavaScript module without imports. */
export function bundle(entry: string): string {
  const absent = Object.fromEntries(ABSENT.map((name) => [name, "undefined"]));
  const built = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "default"],
    target: "es2022",
    supported: { "async-await": false, "async-generator": false, "for-await": false },
    define: { ...absent, ...STAND_INS, "process.env.NODE_ENV": '"production"' },
    inject: [new URL("./stand-ins.js", import.meta.url).pathname],
    logLevel: "silent",
  });
  // esbuild's own helper for async functions, which nobody calls here.
  return built.outputFiles[0]!.text.replaceAll(/\bPromise\b/g, "Object");
}
