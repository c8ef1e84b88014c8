import { expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

/** A model's file as evaluate_model runs it. */
const model = (text: string): string => `
  import { module, module_init, module_exit, module_param, module_param_string, MODULE_LICENSE, MODULE_AUTHOR, MODULE_DESCRIPTION, MODULE_VERSION, MODULE_ALIAS, MODULE_PARM_DESC, MODULE_DEVICE_TABLE, EXPORT_SYMBOL, EXPORT_SYMBOL_GPL, THIS_MODULE, try_module_get, __module_get, module_put, module_refcount } from "linux/module";
  import { module_init as mi } from "linux/init"; import { module_param as mp } from "linux/moduleparam";
  import { sys_init_module, sys_delete_module, module_is_loaded } from "kernel:kernel/module.ts"; import { ENODEV } from "linux/errno";
  const s = { debug: 1, name: "x" }; const ref = { v: 0 }, text = { v: "" };
  ${text}`;

test("insmod sets parameters and runs init; rmmod runs exit, unless the module is in use", () => {
  const run = runKernel(
    model(`
    function evaluate() {
      MODULE_LICENSE("GPL");
      module_param("debug", (v: number) => { s.debug = v; }, 0); module_param_string("name", (v: string) => { s.name = v; }); module_param("ref", ref); module_param("text", text);
      module_init(() => { log(["init", s.debug, s.name, THIS_MODULE?.name]); return 0; }); module_exit(() => log("exit"));
    }
    function main() {
      log([THIS_MODULE, module_is_loaded(), sys_delete_module()]);
      log([sys_init_module({ debug: "0x10", name: "eth", ref: "-3", text: "12" }), sys_init_module({}), module_is_loaded(), ref.v, text.v]);
      const m = THIS_MODULE as module; log([try_module_get(m), module_refcount(m), sys_delete_module()]); __module_get(m); module_put(m); module_put(m);
      log([sys_delete_module(), module_is_loaded(), try_module_get(null), try_module_get(m)]);
      log([sys_init_module({ debug: "junk" }), sys_init_module({ nonsense: 1 }), module_is_loaded()]); log(sys_init_module({ debug: true }));
    }`),
    { evaluate: "evaluate" },
  );
  expect(run.log).toEqual([
    [null, false, -2],
    ["init", 16, "eth", "test"],
    [0, -17, true, -3, "12"],
    [1, 1, -16],
    "exit",
    [0, false, 1, 0],
    [-22, -2, false],
    ["init", 1, "eth", "test"],
    0,
  ]);
  expect(run.dmesg).toContain("test: Unknown parameter `nonsense'");
  expect(run.dmesg).toContain("test: `junk' invalid for parameter `debug'");
});

test("an init that fails unloads; one without exit stays; registering late is told", () => {
  const run = runKernel(
    model(`
    let result = -ENODEV;
    function evaluate() { mp("x", () => {}); mi(() => result); }
    function main() { log([sys_init_module(), module_is_loaded()]); result = 3; log([sys_init_module(), sys_delete_module()]); module_exit(() => {}); }`),
    { evaluate: "evaluate" },
  );
  expect(run.log).toEqual([
    [-19, false],
    [0, -16],
  ]);
  expect(run.dmesg.some((l) => l.includes("init suspiciously returned 3"))).toBe(true);
  expect(run.dmesg).toContain("module_exit: not while a module is being loaded: ignored");
});
