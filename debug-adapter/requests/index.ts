/** Every request that the adapter answers; capabilities are derived from this list. */
import type { Handlers } from "../requestHandler.ts";
import { attach } from "./attach.ts";
import { breakpointLocations } from "./breakpointLocations.ts";
import { cancel } from "./cancel.ts";
import { checkpoint } from "./checkpoint.ts";
import { completions } from "./completions.ts";
import { configurationDone } from "./configurationDone.ts";
import { continueRequest } from "./continue.ts";
import { dataBreakpointInfo } from "./dataBreakpointInfo.ts";
import { disconnect } from "./disconnect.ts";
import { evaluate } from "./evaluate.ts";
import { events } from "./events.ts";
import { exceptionInfo } from "./exceptionInfo.ts";
import { freeze } from "./freeze.ts";
import { hardware } from "./hardware.ts";
import { initialize } from "./initialize.ts";
import { interrupt } from "./interrupt.ts";
import { lastAccess } from "./lastAccess.ts";
import { launch } from "./launch.ts";
import { loadedSources } from "./loadedSources.ts";
import { locations } from "./locations.ts";
import { modules } from "./modules.ts";
import { next } from "./next.ts";
import { packet } from "./packet.ts";
import { packets } from "./packets.ts";
import { pause } from "./pause.ts";
import { readMemory } from "./readMemory.ts";
import { restart } from "./restart.ts";
import { restartFrame } from "./restartFrame.ts";
import { reverseContinue } from "./reverseContinue.ts";
import { reverseStep } from "./reverseStep.ts";
import { runCpu } from "./runCpu.ts";
import { scopes } from "./scopes.ts";
import { seek } from "./seek.ts";
import { setBreakpoints } from "./setBreakpoints.ts";
import { setDataBreakpoints } from "./setDataBreakpoints.ts";
import { setExceptionBreakpoints } from "./setExceptionBreakpoints.ts";
import { setExpression } from "./setExpression.ts";
import { setFunctionBreakpoints } from "./setFunctionBreakpoints.ts";
import { setVariable } from "./setVariable.ts";
import { source } from "./source.ts";
import { stackTrace } from "./stackTrace.ts";
import { state } from "./state.ts";
import { stepBack } from "./stepBack.ts";
import { stepCard } from "./stepCard.ts";
import { stepIn } from "./stepIn.ts";
import { stepInTargets } from "./stepInTargets.ts";
import { stepOut } from "./stepOut.ts";
import { tellPast } from "./tellPast.ts";
import { terminate } from "./terminate.ts";
import { threads } from "./threads.ts";
import { timeline } from "./timeline.ts";
import { timelines } from "./timelines.ts";
import { variables } from "./variables.ts";
import { visit } from "./visit.ts";
import { writeMemory } from "./writeMemory.ts";

export const handlers: Handlers = {
  attach,
  writeMemory,
  stepInTargets,
  setExpression,
  restartFrame,
  readMemory,
  modules,
  locations,
  cancel,
  breakpointLocations,
  completions,
  configurationDone,
  continue: continueRequest,
  dataBreakpointInfo,
  disconnect,
  evaluate,
  exceptionInfo,
  initialize,
  launch,
  loadedSources,
  next,
  pause,
  restart,
  reverseContinue,
  scopes,
  setBreakpoints,
  setDataBreakpoints,
  setExceptionBreakpoints,
  setFunctionBreakpoints,
  setVariable,
  source,
  stackTrace,
  stepBack,
  stepIn,
  stepOut,
  terminate,
  threads,
  variables,
  "netdev-lab/freeze": freeze,
  "netdev-lab/interrupt": interrupt,
  "netdev-lab/lastAccess": lastAccess,
  "netdev-lab/reverseStep": reverseStep,
  "netdev-lab/runCpu": runCpu,
  "netdev-lab/seek": seek,
  "netdev-lab/stepCard": stepCard,
  "netdev-lab/state": state,
  "netdev-lab/events": events,
  "netdev-lab/hardware": hardware,
  "netdev-lab/packet": packet,
  "netdev-lab/packets": packets,
  "netdev-lab/timeline": timeline,
  "netdev-lab/timelines": timelines,
  "netdev-lab/checkpoint": checkpoint,
  "netdev-lab/tellPast": tellPast,
  "netdev-lab/visit": visit,
};
