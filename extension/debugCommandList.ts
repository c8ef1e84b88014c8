/** Commands of the debugger beyond VS Code's own buttons: where they stand in menus, shown for this debugger only. */
import { DEBUG_TYPE } from "./launchConfig.ts";

interface DebugCommand {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Menus, each with the group (and order) it stands in. */
  readonly menus: Readonly<Partial<Record<Menu, string>>>;
}

type Menu = "debug/toolBar" | "debug/callstack/context" | "debug/variables/context" | "editor/context";

export const debugCommands = {
  reverseStepInto: command("reverseStepInto", "Reverse Step Into", "debug-step-into", {
    "debug/toolBar": "navigation@61",
    "debug/callstack/context": "1_time@1",
  }),
  reverseStepOut: command("reverseStepOut", "Reverse Step Out", "debug-step-out", {
    "debug/toolBar": "navigation@62",
    "debug/callstack/context": "1_time@2",
  }),
  seek: command("seek", "Go to Time, Tick or Event…", "history", { "debug/toolBar": "navigation@63" }),
  goToEnd: command("goToEnd", "Go to the End of the Recording", undefined, {}),
  stepCpuAlone: command("stepCpuAlone", "Step This CPU Alone", "debug-step-over", {
    "debug/callstack/context": "2_cpu@1",
  }),
  freezeCpu: command("freezeCpu", "Freeze This CPU", undefined, { "debug/callstack/context": "2_cpu@2" }),
  thawCpu: command("thawCpu", "Thaw This CPU", undefined, { "debug/callstack/context": "2_cpu@3" }),
  runUntilRelease: command("runUntilRelease", "Run This CPU Until It Releases a Lock", undefined, {
    "debug/callstack/context": "2_cpu@4",
  }),
  deliverInterrupt: command("deliverInterrupt", "Deliver the Pending Interrupt Now", undefined, {
    "debug/callstack/context": "2_cpu@5",
  }),
  stepCard: command("stepCard", "Let the Card Do Its Next Step", undefined, {
    "debug/callstack/context": "2_cpu@6",
  }),
  lastWrite: command("lastWrite", "Who Wrote This Last?", undefined, {
    "debug/variables/context": "9_time@1",
  }),
  previousVisit: command("previousVisit", "Previous Visit of This Line", undefined, {
    "editor/context": "debug@91",
  }),
  nextVisit: command("nextVisit", "Next Visit of This Line", undefined, { "editor/context": "debug@92" }),
  tellPast: command("tellPast", "Log Points: Tell the Past", undefined, {}),
  setCheckpoint: command("setCheckpoint", "Set Checkpoint…", undefined, {}),
  goToCheckpoint: command("goToCheckpoint", "Go to Checkpoint…", undefined, {}),
} as const;

export type DebugCommandName = keyof typeof debugCommands;

/** Only while a session of this debugger stands. */
const WHEN = `debugType == '${DEBUG_TYPE}' && debugState == 'stopped'`;
const THREADS = "(callStackItemType == 'thread' || callStackItemType == 'stackFrame')";

export const debugCommandContributions = list().map(({ id, title, icon }) => ({
  command: id,
  title,
  category: "Netdev Lab",
  ...(icon === undefined ? {} : { icon: `$(${icon})` }),
  enablement: WHEN,
}));

export const debugMenus = {
  "debug/toolBar": menu("debug/toolBar", WHEN),
  "debug/callstack/context": menu("debug/callstack/context", `${WHEN} && ${THREADS}`),
  "debug/variables/context": menu("debug/variables/context", WHEN),
  "editor/context": menu("editor/context", `${WHEN} && editorLangId == typescript`),
};

function command(
  name: string,
  title: string,
  icon: string | undefined,
  menus: DebugCommand["menus"],
): DebugCommand {
  return { id: `netdev-lab.${name}`, title, menus, ...(icon === undefined ? {} : { icon }) };
}

function list(): DebugCommand[] {
  return Object.values(debugCommands);
}

function menu(name: Menu, when: string) {
  return list().flatMap(({ id, menus }) => {
    const group = menus[name];
    return group === undefined ? [] : [{ command: id, when, group }];
  });
}
