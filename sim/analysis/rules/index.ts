/** The checkers, one family of mechanisms a file. */
import type { CheckerFactory } from "../checker.ts";
import { balance } from "./balance.ts";
import { carrier } from "./carrier.ts";
import { contexts } from "./contexts.ts";
import { devices } from "./devices.ts";
import { dma } from "./dma.ts";
import { dmaMemory } from "./dma-memory.ts";
import { interruptState } from "./interrupt-state.ts";
import { lifetime } from "./lifetime.ts";
import { lltx } from "./lltx.ts";
import { lockClasses } from "./lock-classes.ts";
import { locks } from "./locks.ts";
import { napi } from "./napi.ts";
import { nullness } from "./nullness.ts";
import { registers } from "./registers.ts";
import { requests } from "./requests.ts";
import { skbLists } from "./skb-lists.ts";
import { skbs } from "./skbs.ts";
import { timers } from "./timers.ts";
import { transmit } from "./transmit.ts";
import { waiting } from "./waiting.ts";

export const CHECKERS: readonly CheckerFactory[] = [
  contexts,
  interruptState,
  locks,
  lockClasses,
  waiting,
  nullness,
  skbs,
  transmit,
  napi,
  lifetime,
  timers,
  devices,
  dma,
  dmaMemory,
  balance,
  carrier,
  lltx,
  registers,
  requests,
  skbLists,
];
