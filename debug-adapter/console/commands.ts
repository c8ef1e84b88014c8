/** Words that the Debug Console understands beside expressions; none of them changes the run. */
import { peek as peekHardware } from "../../sim/hardware/peek.ts";
import { peek } from "../../sim/machine/freed-memory.ts";
import { RULES, ruleById } from "../../sim/rules/catalogue.ts";
import { UserError } from "../errors.ts";
import { contextNameOf } from "../session/cpuView.ts";
import { devicesOf, irqsOf, jiffiesOf, timersOf } from "../session/kernelView.ts";
import { lockName, waitText } from "../session/lockName.ts";
import type { Run } from "../session/run.ts";
import { placeText } from "../variables/frameScopes.ts";
import { type Paint, table } from "./table.ts";

export interface ConsoleCommand {
  readonly name: string;
  /** What stands behind the name, if anything must. */
  readonly argument?: string;
  readonly help: string;
  print(run: Run, argument: string, paint: Paint): string;
}

export const COMMANDS: readonly ConsoleCommand[] = [
  { name: "help", help: "these commands", print: (_run, _argument, paint) => help(paint) },
  { name: "locks", help: "locks that are held, by whom, taken where", print: locks },
  { name: "irqs", help: "interrupt lines and their handlers", print: irqs },
  { name: "timers", help: "pending timers", print: timers },
  { name: "rings", help: "the cards' descriptor rings", print: rings },
  { name: "ps", help: "tasks, sleeping ones too, with what they wait for", print: tasks },
  {
    name: "dmesg",
    help: "the kernel's log up to now",
    print: (run) => run.log.join("") || "the log is empty",
  },
  { name: "ifconfig", help: "registered interfaces", print: interfaces },
  { name: "explain", argument: "RULE", help: "a rule of the kernel", print: explain },
  {
    name: "when",
    argument: "EXPRESSION",
    help: "each time in the past that a value changed",
    print: () => "",
  },
];

/** The command of a line, if it is one; the argument is what follows its name. */
export function commandOf(line: string): { command: ConsoleCommand; argument: string } | null {
  const [, word = "", argument = ""] = /^\s*(\w+)(?:\s+(.*?))?\s*$/s.exec(line) ?? [];
  const command = COMMANDS.find(({ name }) => name === word);
  if (command === undefined || (argument !== "" && command.argument === undefined)) return null;
  // `when = 1` and `explain.x` speak of the program's variables
  if (/^[=.([+\-*/?<>&|,]/.test(argument)) return null;
  if (command.argument !== undefined && argument === "")
    throw new UserError(`${word} needs ${command.argument}: ${word} ${command.argument}`);
  return { command, argument };
}

function help(paint: Paint): string {
  const rows = COMMANDS.map(({ name, argument = "", help: text }) => [`${name} ${argument}`.trim(), text]);
  return table(paint, ["command", "prints"], rows);
}

function locks(run: Run, _argument: string, paint: Paint): string {
  const rows = run.machine.tasks.flatMap((task) =>
    run.lab.rules.state.locks
      .of(task)
      .map((held) => [
        lockName(run, held.lock),
        held.variant === "plain" ? held.kind : `${held.kind}, ${held.variant}`,
        `CPU ${held.cpu}`,
        task.name,
        held.place === null ? "" : placeText(held.place),
      ]),
  );
  return rows.length === 0
    ? "no lock is held"
    : table(paint, ["lock", "kind", "CPU", "task", "taken at"], rows);
}

function irqs(run: Run, _argument: string, paint: Paint): string {
  const pending = run.machine.cpus.flatMap(({ pendingVectors, id }) =>
    pendingVectors.map((vector) => ({ vector, id })),
  );
  const rows = irqsOf(run).map(({ irq, count, depth, asserted, handlers }) => [
    String(irq),
    String(count),
    depth > 0 ? `disabled (${depth})` : "enabled",
    asserted ? "asserted" : "",
    pending
      .filter(({ vector }) => vector === irq)
      .map(({ id }) => `CPU ${id}`)
      .join(" "),
    handlers.map(({ name, handler }) => `${name} ${nameOf(handler)}`).join(", "),
  ]);
  return rows.length === 0
    ? "nobody has requested an interrupt"
    : table(paint, ["irq", "count", "state", "line", "pending on", "handlers"], rows);
}

function timers(run: Run, _argument: string, paint: Paint): string {
  const now = jiffiesOf(run);
  const rows = timersOf(run).map(({ cpu, expires, fn }) => [
    `CPU ${cpu}`,
    String(expires),
    `in ${expires - now}`,
    nameOf(fn),
  ]);
  return rows.length === 0
    ? `no timer is pending (jiffies ${now})`
    : table(paint, ["CPU", "jiffy", `jiffies ${now}`, "function"], rows);
}

function rings(run: Run, _argument: string, paint: Paint): string {
  const texts = peekHardware(run.lab.hardware).flatMap((card) =>
    card.rings.map((ring) => {
      const rows = ring.descriptors.map(({ index, bus, fields, offered }) => [
        String(index),
        `0x${bus.toString(16)}`,
        `${index === ring.head ? "head " : ""}${index === ring.tail ? "tail " : ""}${offered ? "card" : "driver"}`,
        fields === null
          ? "not mapped"
          : Object.entries(fields)
              .map(([k, v]) => `${k}=${v}`)
              .join(" "),
      ]);
      const title = `${card.name} ${ring.name}: ${ring.descriptors.length} descriptors at 0x${ring.base.toString(16)}`;
      return `${paint("cyan", title)}\n${table(paint, ["#", "bus", "whose", "fields"], rows)}`;
    }),
  );
  return texts.length === 0 ? "there is no card with rings" : texts.join("\n");
}

function tasks(run: Run, _argument: string, paint: Paint): string {
  const { machine } = run;
  const rows = machine.tasks
    .filter(({ idle, state }) => !idle && state !== "ended")
    .map((task) => {
      const executes = machine.cpus[task.cpu]?.current === task;
      const place = machine.places.ofTask(task, machine);
      return [
        String(task.id),
        `CPU ${task.cpu}`,
        executes && task.state === "runnable" ? contextNameOf(run, task.cpu) : task.state,
        task.name,
        [task.waitsFor === null ? "" : waitText(run, task), place === null ? "" : placeText(place)]
          .filter((part) => part !== "")
          .join(", "),
      ];
    });
  return table(paint, ["id", "CPU", "state", "task", "waits for, stands at"], rows);
}

const FLAGS: readonly (readonly [number, string])[] = [
  [0x1, "UP"],
  [0x2, "BROADCAST"],
  [0x8, "LOOPBACK"],
  [0x80, "NOARP"],
  [0x100, "PROMISC"],
  [0x1000, "MULTICAST"],
];

function interfaces(run: Run, _argument: string, paint: Paint): string {
  const devices = devicesOf(run);
  if (devices.length === 0) return "no interface is registered";
  return devices
    .map((device) => {
      const flags = Number(peek(device, "flags"));
      const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
      const address = [...((peek(device, "dev_addr") as Uint8Array | undefined) ?? [])]
        .slice(0, 6)
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join(":");
      const head = `${String(peek(device, "name"))}: <${names.join(",")}> mtu ${String(peek(device, "mtu"))}`;
      return `${paint(names.includes("UP") ? "green" : "yellow", head)}\n    ether ${address}`;
    })
    .join("\n");
}

function explain(_run: Run, id: string, paint: Paint): string {
  const rule = ruleById(id);
  if (rule === undefined) {
    const near = RULES.map((one) => one.id).filter((one) => one.includes(id));
    throw new UserError(
      `there is no rule ${id}${near.length === 0 ? "" : `; do you mean ${near.join(", ")}?`}`,
    );
  }
  const lines = [
    paint("bold", `${rule.id}: ${rule.title}`),
    rule.statement,
    `Broken when: ${rule.condition}`,
    `Source: ${rule.source}`,
    `Mend it: ${rule.fix}`,
  ];
  return lines.join("\n");
}

function nameOf(fn: unknown): string {
  return typeof fn === "function" && fn.name !== "" ? `${fn.name}()` : "";
}
