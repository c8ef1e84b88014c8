import { describe, expect, it } from "vitest";
import { compileExpression } from "./compile.ts";
import type { Names, Policy } from "./environment.ts";

const program = {
  calls: 0,
  bump(): number {
    return ++this.calls;
  },
};

function variables(values: Record<string, unknown>): Names {
  return {
    lookup: (name) =>
      name in values
        ? {
            read: () => values[name],
            write: (_, value) => {
              values[name] = value;
            },
          }
        : null,
  };
}

function pure(fn: unknown): boolean {
  return fn === isRunning;
}
const isRunning = (dev: { flags: number }) => (dev.flags & 1) !== 0;

function run(text: string, values: Record<string, unknown> = {}, mayMutate = false): unknown {
  const policy: Policy = { mayMutate, isPure: pure, isFreed: () => false };
  const { evaluate } = compileExpression(text, variables({ Math, ...values }), policy);
  return evaluate({ frame: null, cpu: 0, parameters: [] });
}

describe("expressions", () => {
  const dev = { name: "eth0", mtu: 1500, priv: { ring: [1, 2, 3] }, self: null as unknown, flags: 1 };
  dev.self = dev;

  it.each<[string, unknown]>([
    ["1 + 2 * 3", 7],
    ["dev.mtu > 1000 && dev.name === 'eth0'", true],
    ["dev['na' + 'me']", "eth0"],
    ["dev.priv.ring[2]", 3],
    ["dev?.missing?.deep.er", undefined],
    ["dev.missing?.deep.er()", undefined],
    ["nothing?.x", undefined],
    ["nothing ?? 'default'", "default"],
    ["dev.priv.ring.map(x => x * dev.mtu)", [1500, 3000, 4500]],
    ["dev.priv.ring.filter(x => dev.priv.ring.some(y => y === x + 1))", [1, 2]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of an expression
    ["`${dev.name}:${dev.mtu}`", "eth0:1500"],
    ["typeof unknown", "undefined"],
    ["typeof dev", "object"],
    ["[...dev.priv.ring, 4].length", 4],
    ["({ a: 1, ...dev.priv }).ring.length", 3],
    ["dev.flags & 1 ? 'up' : 'down'", "up"],
    ["Math.max(...dev.priv.ring)", 3],
    ["(dev as net_device)!.name", "eth0"],
    ["'abc'.toUpperCase()", "ABC"],
    ["map.get('k').v", 5],
    ["map.size", 1],
    ["2n ** 70n", 2n ** 70n],
    ["'mtu' in dev", true],
    ["is_running(dev)", true],
    ["/e(th)/.source", "e(th)"],
    ["(1, 2)", 2],
  ])("%s", (text, expected) => {
    const map = new Map([["k", { v: 5 }]]);
    expect(run(text, { dev, map, nothing: null, is_running: isRunning })).toEqual(expected);
  });

  it.each([
    ["dev.mtu = 9000", /would change the run/],
    ["dev.mtu++", /would change the run/],
    ["delete dev.mtu", /would change the run/],
    ["new Map()", /would change the run/],
    ["dev.priv.ring.push(1)", /may change the run/],
    ["dev.priv.ring.sort()", /may change the run/],
    ["program.bump()", /may change the run/],
    ["dev.priv.ring.map(program.bump)", /may change the run/],
    ["lazy.value", /is a getter/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of an expression
    ["`${chatty}`", /run its own code/],
    ["chatty + ''", /run its own code/],
    ["dev.name.x.y", /cannot read "y" of undefined/],
    ["nowhere", /nowhere is not defined here/],
    ["dev.", /cannot read "dev\."/],
    ["", /is empty/],
    ["dev.name()", /not a function/],
    ["function () {}", /cannot be evaluated here|cannot read/],
    ["x => { return 1 }", /plain expression/],
    ["await x", /cannot/],
  ])("refuses %s without a side effect", (text, message) => {
    const lazy = {
      get value() {
        return program.bump();
      },
    };
    const chatty = { toString: () => String(program.bump()) };
    const before = JSON.stringify(dev.priv);
    expect(() => run(text, { dev, program, lazy, chatty })).toThrow(message);
    expect(program.calls).toBe(0);
    expect(JSON.stringify(dev.priv)).toBe(before);
  });

  it("assigns where it may", () => {
    const values = { dev: { mtu: 1, name: "a" }, n: 1, list: [1] };
    expect(run("dev.mtu = 9000", values, true)).toBe(9000);
    expect(run("dev.mtu += 1", values, true)).toBe(9001);
    expect(run("dev.mtu++", values, true)).toBe(9001);
    expect(run("list.push(7)", values, true)).toBe(2);
    expect(run("dev.missing ??= 3", values, true)).toBe(3);
    expect(values).toMatchObject({ dev: { mtu: 9002, missing: 3 }, list: [1, 7] });
    expect(() => run("Object.freeze", values, true)).toThrow(/not defined/);
  });
});
