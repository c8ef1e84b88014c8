/** Stack, scopes, variables, and expressions. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { withSession } from "./support/session.ts";

const atHeld = { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] };
const atShapes = { breakpoints: ["#bp shapes end"] };

describe("threads and stack", () => {
  it("are the virtual CPUs, named by what they do", () =>
    withSession("workers", atHeld, async (session) => {
      await session.stopped();
      const { threads } = await session.client.request<{ threads: Dap.Thread[] }>("threads");
      expect(threads.map(({ id }) => id)).toEqual([1, 2]);
      expect(threads[0]!.name).toMatch(/^CPU 0 · /);
      expect(threads[1]!.name).toBe("CPU 1 · process worker/2 · irqs off · holds 2");
    }));

  it("show every frame with its place", () =>
    withSession("workers", atHeld, async (session) => {
      const stop = await session.stopped();
      const frames = await session.frames(stop.threadId);
      expect(frames.slice(0, 2)).toMatchObject([
        { name: "locked_add", line: session.line("#bp held"), source: { path: session.program } },
        { name: "worker", line: session.line("#bp round"), source: { path: session.program } },
      ]);
      expect(new Set(frames.map(({ id }) => id)).size).toBe(frames.length);
      for (const frame of frames.slice(2)) expect(frame).toMatchObject({ presentationHint: "subtle" });
    }));

  it("come in pages", () =>
    withSession("workers", atHeld, async (session) => {
      const stop = await session.stopped();
      const all = await session.frames(stop.threadId);
      const paged: Dap.StackFrame[] = [];
      for (let startFrame = 0; startFrame < all.length; startFrame += 2) {
        const page = await session.client.request<{ stackFrames: Dap.StackFrame[]; totalFrames: number }>(
          "stackTrace",
          {
            threadId: stop.threadId,
            startFrame,
            levels: 2,
          },
        );
        expect(page.totalFrames).toBe(all.length);
        paged.push(...page.stackFrames);
      }
      expect(paged).toEqual(all);
    }));

  it("separate contexts by labels, never on top", () =>
    withSession(
      "examples/snull/snull.ts",
      { functions: [{ name: "netif_receive_skb" }] },
      async (session) => {
        const stop = await session.stopped();
        const frames = await session.frames(stop.threadId);
        const labels = frames.filter(({ presentationHint }) => presentationHint === "label");
        expect(labels.length).toBeGreaterThan(0);
        expect(labels[0]!.name).toMatch(/^— softirq NET_RX on top of /);
        expect(labels[0]!.source).toBeUndefined();
        expect(frames[0]!.presentationHint).not.toBe("label");
        expect((await session.client.answer("scopes", { frameId: labels[0]!.id })).body).toEqual({
          scopes: [],
        });
      },
    ));

  it("can be looked at on CPUs that did not stop", () =>
    withSession("workers", atHeld, async (session) => {
      const stop = await session.stopped();
      const other = stop.threadId === 1 ? 2 : 1;
      expect(Array.isArray(await session.frames(other))).toBe(true);
      expect(await session.client.refusal("stackTrace", { threadId: 17 })).toMatch(/no thread 17/);
    }));

  it("count lines and columns from 0 for a client that does", () =>
    withSession(
      "workers",
      { initialize: { linesStartAt1: false, columnsStartAt1: false } },
      async (session) => {
        const line = session.line("#bp add") - 1;
        const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setBreakpoints",
          {
            source: { path: session.program },
            breakpoints: [{ line }],
          },
        );
        expect(breakpoints).toMatchObject([{ verified: true, line, column: 2 }]);
        await session.client.request("launch", session.launchArguments());
        await session.client.request("configurationDone");
        expect(await session.top(await session.stopped())).toMatchObject({ line, column: 2 });
      },
      "initialize",
    ));
});

describe("scopes", () => {
  it("show locals, context and held locks", () =>
    withSession("workers", atHeld, async (session) => {
      const stop = await session.stopped();
      const names = [...(await session.scopes((await session.top(stop)).id)).keys()];
      expect(names).toEqual(["Locals", "Context", "Held locks", "Module", "Timers & interrupts"]);
      const locals = await session.scope(stop, "Locals");
      expect(locals.get("amount")).toMatchObject({ value: "2", type: "number", evaluateName: "amount" });
      expect(locals.get("result")?.value).toBe("(not initialised yet)");
      const context = await session.scope(stop, "Context");
      expect(context.get("context")?.value).toBe("process+irq");
      expect(context.get("irqs_disabled")?.value).toBe("true");
      expect(context.get("preempt_count")?.value).toMatch(/^0x2 \(preempt 2, softirq 0, hardirq 0\)$/);
      const held = [...(await session.scope(stop, "Held locks")).values()];
      expect(held.map(({ name }) => name)).toEqual(["other_lock", "lock"]);
      expect(held[1]!.value).toMatch(/^spin, irqsave, taken at workers\.ts:\d+$/);
      const details = await session.variables(held[1]!.variablesReference);
      expect(details.get("taken in")?.value).toBe("process worker/2");
    }));

  it("show the module's variables, and variables of enclosing functions", () =>
    withSession("workers", { breakpoints: ["#bp arrow"] }, async (session) => {
      const stop = await session.stopped();
      const stepped = await session.resume("next", stop.threadId); // the arrow is defined, now it is called
      const inside = await session.resume("stepIn", stepped.threadId);
      expect((await session.scope(inside, "Locals")).get("n")?.value).toBe("1");
      const closure = await session.scope(inside, "Closure");
      expect(closure.get("text")?.value).toBe('"hello"');
      expect((await session.scope(inside, "Module")).get("total")?.value).toBe("0");
    }));

  it("show the device that a driver's frame is about", () =>
    withSession("examples/snull/snull.ts", { breakpoints: ["// #bp snull_tx"] }, async (session) => {
      const stop = await session.stopped();
      const device = await session.scope(stop, "Device");
      expect(device.get("name")?.value).toMatch(/^"sn[01]"$/);
      const held = await session.scope(stop, "Held locks");
      expect([...held.keys()].join()).toMatch(/xmit_lock/);
    }));
});

describe("variables", () => {
  it("show values of every kind", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const locals = await session.scope(stop, "Locals");
      const value = (name: string) => locals.get(name)?.value;
      expect(value("text")).toBe('"hello"');
      expect(value("big")).toBe("12345678901234567890n");
      expect(value("bytes")).toBe("Uint8Array(3) [01 02 ff]");
      expect(value("long_list")).toMatch(/^Array\(250\) \[0, 1, 4, 9, …\]$/);
      expect(value("point")).toMatch(/^Point \{x: 1, y: 2/);
      expect(value("nested")).toBe('Object {name: "outer", nothing: null, …}');
      expect(value("inner")).toMatch(/^ƒ inner/);
      expect(value("table")).toBe("Map(2)");
      const map = await session.variables(locals.get("table")!.variablesReference);
      expect(map.get("0")?.value).toBe('"one" → Object {value: 1}');
    }));

  it("expand deeply, through cycles, with expressions that find them again", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const locals = await session.scope(stop, "Locals");
      const nested = await session.variables(locals.get("nested")!.variablesReference);
      const inner = await session.variables(nested.get("inner")!.variablesReference);
      const list = await session.variables(inner.get("list")!.variablesReference);
      expect(list.get("1")).toMatchObject({ value: "20", evaluateName: "nested.inner.list[1]" });
      expect(await session.evaluate(stop, "nested.inner.list[1]")).toBe("20");
      let self = locals.get("self")!;
      for (let n = 0; n < 5; n++) self = (await session.variables(self.variablesReference)).get("me")!;
      expect(self.value).toMatch(/^Object/);
    }));

  it("come in pages", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const list = (await session.scope(stop, "Locals")).get("long_list")!;
      expect(list).toMatchObject({ indexedVariables: 250, namedVariables: 0 });
      const page = await session.variables(list.variablesReference, {
        filter: "indexed",
        start: 100,
        count: 50,
      });
      expect([...page.keys()]).toEqual(Array.from({ length: 50 }, (_, i) => String(100 + i)));
      expect(page.get("120")?.value).toBe("14400");
      expect((await session.variables(list.variablesReference, { filter: "named" })).size).toBe(0);
      expect((await session.variables(list.variablesReference)).size).toBe(250);
      expect(
        (await session.variables(list.variablesReference, { filter: "indexed", start: 240, count: 50 })).size,
      ).toBe(10);
    }));

  it("keep their numbers from stop to stop, and old numbers show new values", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "id === 1" }] },
      async (session) => {
        let stop = await session.stopped();
        const frame = (await session.top(stop)).id;
        const locals = (await session.scopes(frame)).get("Locals")!.variablesReference;
        expect((await session.variables(locals)).get("round")?.value).toBe("0");
        stop = await session.resume("continue");
        expect((await session.variables(locals)).get("round")?.value).toBe("1");
        expect((await session.top(stop)).id).toBe(frame);
        expect((await session.scopes(frame)).get("Locals")!.variablesReference).toBe(locals);
        await session.setBreakpoints(["#bp exit"]);
        await session.resume("continue");
        expect(await session.client.refusal("variables", { variablesReference: locals })).toMatch(/are gone/);
        expect(await session.client.refusal("scopes", { frameId: frame })).toMatch(/is gone/);
      },
    ));

  it("can be changed: locals, properties, elements, module variables", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const scopes = await session.scopes(frameId);
      const locals = scopes.get("Locals")!.variablesReference;
      const set = async (variablesReference: number, name: string, value: string) =>
        session.client.request<{ value: string }>("setVariable", { variablesReference, name, value });
      expect((await set(locals, "value", "nested.inner.list.length * 100")).value).toBe("300");
      expect(await session.evaluate(stop, "value")).toBe("300");
      const nested = (await session.variables(locals)).get("nested")!.variablesReference;
      expect((await set(nested, "name", '"changed"')).value).toBe('"changed"');
      expect(await session.evaluate(stop, "nested.name")).toBe('"changed"');
      const list = (await session.variables(locals)).get("long_list")!.variablesReference;
      await set(list, "5", "-1");
      expect(await session.evaluate(stop, "long_list[5]")).toBe("-1");
      const module = scopes.get("Module")!.variablesReference;
      await set(module, "total", "41");
      expect(await session.evaluate(stop, "total + 1")).toBe("42");
      for (const [reference, name, value, message] of [
        [locals, "text", '"x"', /constant/],
        [locals, "nowhere", "1", /no variable nowhere/],
        [locals, "value", "1 +", /cannot read/],
        [nested, "nowhere", "1", /no property nowhere/],
        [list, "250", "1", /no element 250/],
        [99_999, "x", "1", /is gone/],
      ] as const)
        expect(
          await session.client.refusal("setVariable", { variablesReference: reference, name, value }),
        ).toMatch(message);
    }));

  it("tell the client after a change that views are out of date", () =>
    withSession(
      "workers",
      { ...atShapes, initialize: { supportsInvalidatedEvent: true } },
      async (session) => {
        const stop = await session.stopped();
        await session.evaluate(stop, "total = 5", "repl");
        expect(await session.client.event("invalidated")).toEqual({ areas: ["variables"] });
      },
    ));
});

describe("expressions", () => {
  it.each<[string, string]>([
    ["nested.inner.list.map(x => x + 1)", "Array(3) [11, 21, 31]"],
    ["nested?.missing?.deeper", "undefined"],
    ["table.get('one').value", "1"],
    ["long_list.filter(x => x > 62000).length", "1"],
    ["spin_is_locked(lock) ? 'locked' : 'free'", '"free"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of an expression
    ["`${text} ${cpu}`", '"hello 0"'],
    ["point", "Point {x: 1, y: 2}"],
  ])("%s = %s", (expression, expected) =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      for (const context of ["watch", "hover"])
        expect(await session.evaluate(stop, expression, context)).toBe(expected);
    }),
  );

  it.each<[string, RegExp]>([
    ["total = 7", /would change the run/],
    ["total++", /would change the run/],
    ["add(1)", /add\(\) may change the run/],
    ["point.sum", /is a getter/],
    ["long_list.push(1)", /may change the run/],
    ["nowhere", /nowhere is not defined here/],
    ["text.", /cannot read/],
  ])("a hover of %s is refused", (expression, message) =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const args = { expression, frameId, context: "hover" };
      expect(await session.client.refusal("evaluate", args)).toMatch(message);
      expect(await session.evaluate(stop, "total")).toBe("0");
    }),
  );

  it("in the console may call the program and change it", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      expect(await session.evaluate(stop, "add(5)", "repl")).toBe("5");
      expect(await session.evaluate(stop, "total += 2", "repl")).toBe("7");
      expect(await session.evaluate(stop, "point.sum", "repl")).toBe("6");
      expect(await session.evaluate(stop, "total", "watch")).toBe("8");
      const frameId = (await session.top(stop)).id;
      const refused = await session.client.refusal("evaluate", {
        expression: "null.x",
        frameId,
        context: "repl",
      });
      expect(refused).toMatch(/cannot read "x" of null/);
      await session.client.request("continue", { threadId: 1 });
      await session.finished();
    }));

  it("of the console can be expanded", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const body = await session.client.request<Dap.EvaluateResponse["body"]>("evaluate", {
        expression: "({ a: 1, b: [2] })",
        frameId,
        context: "repl",
      });
      expect((await session.variables(body.variablesReference)).get("b")?.value).toBe("Array(1) [2]");
    }));

  it("never change the run: the history is the same with and without them", async () => {
    const hashes: string[] = [];
    for (const looking of [false, true])
      await withSession("workers", { breakpoints: ["#bp add"] }, async (session) => {
        let stop = await session.stopped();
        for (let n = 0; n < 9; n++) {
          if (looking) {
            await session.evaluate(stop, "spin_is_locked(lock) + total + held.length", "watch");
            await session.scope(stop, "Module");
            await session.scope(stop, "Held locks");
          }
          stop = await session.resume("continue");
        }
        await session.client.request("continue", { threadId: 1 });
        await session.finished();
        hashes.push(/history ([0-9a-f]+)/.exec(session.client.outputs())?.[1] ?? "none");
      });
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[0]).not.toBe("none");
  });

  it("of a watch are never reported, whatever a kernel function thinks of its arguments", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      for (const expression of ["spin_is_locked(null)", "netif_queue_stopped(text)", "timer_pending({})"])
        await session.client.answer("evaluate", { expression, frameId, context: "watch" });
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
      expect(session.client.events("netdev-lab/violation")).toEqual([]);
      expect(session.client.outputs()).not.toMatch(/spin_is_locked|netif_queue_stopped|timer_pending/);
    }));

  it("are completed", () =>
    withSession("workers", atShapes, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const labels = async (text: string) => {
        const body = await session.client.request<Dap.CompletionsResponse["body"]>("completions", {
          frameId,
          text,
          column: text.length + 1,
        });
        return body.targets.map(({ label }) => label);
      };
      expect(await labels("nes")).toEqual(["nested"]);
      expect(await labels("nested.inner.")).toEqual(expect.arrayContaining(["list", "flag"]));
      expect(await labels("nested.inner.fl")).toEqual(["flag"]);
      expect(await labels("1 + spin_lo")).toEqual(expect.arrayContaining(["spin_lock", "spin_lock_irqsave"]));
      expect(await labels("nested.nothing.")).toEqual([]);
    }));
});
