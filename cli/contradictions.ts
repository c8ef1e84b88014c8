/** Options that cannot be meant together. What a header says the command line may overrule, so only its own words count. */
import { resolve } from "node:path";
import type { Given } from "./options.ts";
import { UserError } from "./user-error.ts";

const FILES = ["sarif", "junit", "pcap", "trace"] as const;

/** @throws UserError that names both */
export function refuseContradictions(given: Given): void {
  const value = (name: string): string | undefined => given.get(name)?.at(-1);
  if (value("nic") === "none") {
    if (Number(value("nics") ?? 0) > 0)
      contradict("--nic none", `--nics ${value("nics")}`, "no card is fitted");
    if (given.has("irq")) contradict("--nic none", `--irq ${value("irq")}`, "no card is fitted");
  }
  const names = (given.get("fault") ?? []).map((fault) => fault.slice(0, fault.search(/[=:]/)));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`--fault names ${twice} twice: one way to fail is enough`);
  sameFile(FILES.filter((name) => given.has(name)).map((name) => [name, value(name)!] as const));
}

function contradict(one: string, other: string, why: string): never {
  throw new UserError(`${one} and ${other} contradict each other: ${why}`);
}

function sameFile(files: readonly (readonly [name: string, path: string])[]): void {
  for (const [i, [name, path]] of files.entries()) {
    const before = files.slice(0, i).find(([, other]) => resolve(other) === resolve(path));
    if (before) throw new UserError(`--${before[0]} and --${name} name the same file, ${path}`);
  }
}
