/** Makes the views, each from the adapter's answer to one custom request (docs/debug-adapter.md). */
import * as vscode from "vscode";
import type { HardwareState } from "../../debug-adapter/messages/hardware.ts";
import type { MachineState } from "../../debug-adapter/messages/machine.ts";
import type { PacketLife, Packets } from "../../debug-adapter/messages/packets.ts";
import type { Branches } from "../../debug-adapter/messages/timelines.ts";
import { uriOf } from "../uris.ts";
import { cpusAndLocks } from "./cpusAndLocks.ts";
import { DebugTree } from "./debugTree.ts";
import type { ViewNode } from "./node.ts";
import { packetNode, packetSteps, timelineNodes } from "./packetsAndTimelines.ts";
import { ringsAndRegisters } from "./ringsAndRegisters.ts";
import { FOLLOW, views } from "./viewList.ts";

export function registerViews(): vscode.Disposable[] {
  return [
    new DebugTree(views.cpus.id, {
      roots: async (session) => cpusAndLocks(await ask<MachineState>(session, "state")),
    }),
    new DebugTree(views.hardware.id, hardwareContent()),
    new DebugTree(views.packets.id, {
      roots: async (session) => (await ask<Packets>(session, "packets")).packets.map(packetNode),
      children: async (session, { id }) =>
        id.startsWith("skb ")
          ? packetSteps(await ask<PacketLife>(session, "packet", { skb: Number(id.slice(4)) }))
          : [],
    }),
    new DebugTree(views.timelines.id, {
      roots: async (session) => timelineNodes(await ask<Branches>(session, "timelines")),
    }),
    vscode.commands.registerCommand(FOLLOW, follow),
  ];
}

/** Remembers the last stop, to tell what has changed. */
function hardwareContent() {
  let [before, last]: (HardwareState | null)[] = [null, null];
  let of = "";
  return {
    async roots(session: vscode.DebugSession) {
      const now = await ask<HardwareState>(session, "hardware");
      if (of !== session.id) [before, last, of] = [null, null, session.id];
      if (JSON.stringify(now) !== JSON.stringify(last)) [before, last] = [last ?? null, now];
      return ringsAndRegisters(now, before ?? null);
    },
  };
}

async function ask<T>(session: vscode.DebugSession, name: string, args?: object): Promise<T> {
  return (await session.customRequest(`netdev-lab/${name}`, args)) as T;
}

async function follow({ event, timeline, place }: ViewNode): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  if (event !== undefined) {
    await session?.customRequest("netdev-lab/seek", {
      event,
      ...(timeline === undefined ? {} : { timeline }),
    });
    return;
  }
  if (!place) return;
  const uri = uriOf(place.file);
  const at = new vscode.Position(place.line - 1, place.column - 1);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), preview: true });
}
