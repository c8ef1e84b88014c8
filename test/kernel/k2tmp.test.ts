import { test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";
import { readFileSync } from "node:fs";
test("x", () => {
  const src = readFileSync("test/kernel/netdevice.test.ts", "utf8"); const N = /const NETDEVICE = `([^`]*)`/.exec(src)![1]!;
  const r = runKernel(N + `function main() { const dev = make(); log(register_netdev(dev)); }`);
  console.log(r.log, r.dmesg, r.end, r.of("oops").map((o) => [o.message, o.stack.map((p) => p.file + ":" + p.line)]));
});
