import { expect, test } from "vitest";
import { modelHeader } from "../sim/lab/header.ts";
import { readArguments } from "./arguments.ts";
import { settle } from "./settings.ts";

const config = (header: string, ...argv: string[]) => {
  const { given } = readArguments(["run", "/models/m.ts", ...argv]);
  return settle("/models/m.ts", modelHeader(header).settings, given, "/here");
};

test("the command line wins over the header, the header over the defaults", () => {
  const { config: c } = config("// @lab cpus=4 seed=7\n", "--seed", "9");
  expect([c.cpus, c.seed, c.maxTicks]).toEqual([4, 9, 5_000_000]);
});

test("faults and parameters add up; the command line wins for the same name", () => {
  const { config: c } = config(
    "// @lab fault=skb:nth:3 fault=kmalloc:nth:1 param=a=1\n",
    "--fault",
    "skb=p:0.5",
    "--param",
    "b=x=y",
  );
  expect(c.faults).toEqual({ skb: "p:0.5", kmalloc: "nth:1" });
  expect(c.params).toEqual({ a: "1", b: "x=y" });
});

test("a workload's file is relative to the model in a header, to the folder on the command line", () => {
  expect(config("// @lab workload=./w.ts\n").workload).toBe("/models/w.ts");
  expect(config("// @lab workload=./w.ts\n", "--workload", "w.ts").workload).toBe("/here/w.ts");
  expect(config("").workload).toBe("smoke");
});

test("options and models stand in any order, values behind a space or an equals sign", () => {
  const { positionals, given } = readArguments(["run", "--cpus=3", "m.ts", "--json", "--param", "x=-1"]);
  expect(positionals).toEqual(["m.ts"]);
  expect(Object.fromEntries(given)).toEqual({ cpus: ["3"], json: ["true"], param: ["x=-1"] });
});
