/** The views beside VS Code's own ones of the debugger, and the command behind their lines. */
import { DEBUG_TYPE } from "../launchConfig.ts";

export const views = {
  cpus: { id: "netdev-lab.cpusAndLocks", name: "CPUs and Locks" },
  hardware: { id: "netdev-lab.ringsAndRegisters", name: "Rings and Registers" },
  packets: { id: "netdev-lab.packets", name: "Packets" },
  timelines: { id: "netdev-lab.timelines", name: "Timelines" },
} as const;

export const viewContributions = {
  debug: Object.values(views).map(({ id, name }) => ({
    id,
    name,
    when: `debugType == '${DEBUG_TYPE}'`,
    visibility: id === views.cpus.id ? "visible" : "collapsed",
  })),
};

/** Shows what a line of a view is about; for the views alone. */
export const FOLLOW = "netdev-lab.followViewLine";
