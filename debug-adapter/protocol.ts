/** The requests that this adapter answers, as types: what comes in, and what goes out. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import type { HardwareState } from "./messages/hardware.ts";
import type { SessionState } from "./messages/machine.ts";
import type { PacketLife, Packets, PacketsArguments } from "./messages/packets.ts";
import type { EventRows, EventsArguments, TimelineArguments, TimelineSlice } from "./messages/timeline.ts";
import type { Branches } from "./messages/timelines.ts";
import type { Checkpoint } from "./session/checkpoints.ts";
import type { AttachArguments, LaunchArguments } from "./session/launchArguments.ts";
import type { ReverseMode } from "./time/reverseStep.ts";
import type { SeekArguments } from "./time/seek.ts";

export type { Dap };

type Nothing = undefined;

/** What `dataBreakpointInfo` takes, and how it was accessed. */
export type LastAccessArguments = Dap.DataBreakpointInfoArguments & {
  accessType?: Dap.DataBreakpointAccessType;
};

/** Command → [arguments, body of the response]. */
export interface Commands {
  initialize: [Dap.InitializeRequestArguments, Dap.Capabilities];
  launch: [LaunchArguments, Nothing];
  attach: [AttachArguments, Nothing];
  configurationDone: [Nothing, Nothing];
  disconnect: [Dap.DisconnectArguments, Nothing];
  terminate: [Dap.TerminateArguments, Nothing];
  restart: [Dap.RestartArguments, Nothing];
  setBreakpoints: [Dap.SetBreakpointsArguments, Dap.SetBreakpointsResponse["body"]];
  setFunctionBreakpoints: [Dap.SetFunctionBreakpointsArguments, Dap.SetFunctionBreakpointsResponse["body"]];
  dataBreakpointInfo: [Dap.DataBreakpointInfoArguments, Dap.DataBreakpointInfoResponse["body"]];
  cancel: [Dap.CancelArguments, Nothing];
  locations: [Dap.LocationsArguments, NonNullable<Dap.LocationsResponse["body"]>];
  modules: [Dap.ModulesArguments, Dap.ModulesResponse["body"]];
  readMemory: [Dap.ReadMemoryArguments, NonNullable<Dap.ReadMemoryResponse["body"]>];
  restartFrame: [Dap.RestartFrameArguments, Nothing];
  setExpression: [Dap.SetExpressionArguments, Dap.SetExpressionResponse["body"]];
  stepInTargets: [Dap.StepInTargetsArguments, Dap.StepInTargetsResponse["body"]];
  writeMemory: [Dap.WriteMemoryArguments, NonNullable<Dap.WriteMemoryResponse["body"]>];
  setDataBreakpoints: [Dap.SetDataBreakpointsArguments, Dap.SetDataBreakpointsResponse["body"]];
  setExceptionBreakpoints: [Dap.SetExceptionBreakpointsArguments, { breakpoints: Dap.Breakpoint[] }];
  breakpointLocations: [Dap.BreakpointLocationsArguments, Dap.BreakpointLocationsResponse["body"]];
  continue: [Dap.ContinueArguments, Dap.ContinueResponse["body"]];
  next: [Dap.NextArguments, Nothing];
  stepIn: [Dap.StepInArguments, Nothing];
  stepOut: [Dap.StepOutArguments, Nothing];
  stepBack: [Dap.StepBackArguments, Nothing];
  reverseContinue: [Dap.ReverseContinueArguments, Nothing];
  pause: [Dap.PauseArguments, Nothing];
  threads: [Nothing, Dap.ThreadsResponse["body"]];
  stackTrace: [Dap.StackTraceArguments, Dap.StackTraceResponse["body"]];
  scopes: [Dap.ScopesArguments, Dap.ScopesResponse["body"]];
  variables: [Dap.VariablesArguments, Dap.VariablesResponse["body"]];
  setVariable: [Dap.SetVariableArguments, Dap.SetVariableResponse["body"]];
  evaluate: [Dap.EvaluateArguments, Dap.EvaluateResponse["body"]];
  completions: [Dap.CompletionsArguments, Dap.CompletionsResponse["body"]];
  exceptionInfo: [Dap.ExceptionInfoArguments, Dap.ExceptionInfoResponse["body"]];
  source: [Dap.SourceArguments, Dap.SourceResponse["body"]];
  loadedSources: [Nothing, Dap.LoadedSourcesResponse["body"]];
  "netdev-lab/freeze": [{ threadIds: number[]; frozen: boolean }, { frozen: number[] }];
  "netdev-lab/interrupt": [{ threadId: number; irq?: number }, Nothing];
  "netdev-lab/stepCard": [{ agent?: string }, Nothing];
  "netdev-lab/runCpu": [{ threadId: number; until: string }, Nothing];
  "netdev-lab/lastAccess": [LastAccessArguments, Nothing];
  "netdev-lab/reverseStep": [{ threadId: number; mode: ReverseMode }, Nothing];
  "netdev-lab/seek": [SeekArguments, Nothing];
  "netdev-lab/checkpoint": [{ action: string; name?: string }, { checkpoints: Omit<Checkpoint, "moment">[] }];
  "netdev-lab/visit": [{ direction: string; source: Dap.Source; line: number; threadId?: number }, Nothing];
  "netdev-lab/tellPast": [Nothing, Nothing];
  "netdev-lab/state": [Nothing, SessionState];
  "netdev-lab/timeline": [TimelineArguments, TimelineSlice];
  "netdev-lab/timelines": [Nothing, Branches];
  "netdev-lab/events": [EventsArguments, EventRows];
  "netdev-lab/packets": [PacketsArguments, Packets];
  "netdev-lab/packet": [{ skb: number }, PacketLife];
  "netdev-lab/hardware": [Nothing, HardwareState];
}

export type Command = keyof Commands;
export type Arguments<C extends Command> = Commands[C][0];
export type Body<C extends Command> = Commands[C][1];

/** What the worker sends to the client by way of the main thread, which numbers it. */
export type Outgoing =
  | {
      type: "response";
      request_seq: number;
      command: string;
      success: boolean;
      message?: string;
      body?: unknown;
    }
  | { type: "event"; event: string; body?: unknown };

/** A request as it came over the wire; nothing of it is known to be right but `seq` and `command`. */
export interface IncomingRequest {
  readonly seq: number;
  readonly command: string;
  readonly arguments?: unknown;
}

/** Type of an argument, for checking what comes in; `?` marks what may be left out. */
type ArgumentKind = "integer" | "number" | "string" | "boolean" | "object" | "array";
export type ArgumentShape = Readonly<Record<string, ArgumentKind | `${ArgumentKind}?`>>;
