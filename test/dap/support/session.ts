/** A debug session as an editor leads it. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { type Adapter, startAdapter } from "./adapter.ts";
import type { DapClient } from "./client.ts";
import { lineOf, modelPath } from "./model.ts";

export type Stopped = Dap.StoppedEvent["body"] & { threadId: number };

export interface Start {
  readonly launch?: Record<string, unknown>;
  readonly initialize?: Partial<Dap.InitializeRequestArguments>;
  /** Markers of lines with breakpoints, or whole breakpoints with a marker. */
  readonly breakpoints?: readonly (string | MarkedBreakpoint)[];
  readonly functions?: readonly Dap.FunctionBreakpoint[];
  /** Active exception filters; default none. */
  readonly filters?: readonly (string | Dap.ExceptionFilterOptions)[];
  readonly options?: readonly string[];
}

export interface MarkedBreakpoint extends Partial<Dap.SourceBreakpoint> {
  readonly marker: string;
}

export class Session {
  readonly adapter: Adapter;
  readonly client: DapClient;
  readonly program: string;
  readonly start: Start;
  capabilities: Dap.Capabilities = {};
  breakpoints: Dap.Breakpoint[] = [];
  functions: Dap.Breakpoint[] = [];

  constructor(adapter: Adapter, model: string, start: Start) {
    this.adapter = adapter;
    this.client = adapter.client;
    this.program = modelPath(model);
    this.start = start;
  }

  line(marker: string): number {
    return lineOf(this.program, marker);
  }

  /** Initialize, breakpoints, launch, configurationDone: the program runs. */
  async run(): Promise<void> {
    await this.initialize();
    await this.configure();
    await this.client.request("launch", this.launchArguments());
    await this.client.request("configurationDone");
  }

  async initialize(): Promise<void> {
    this.capabilities = await this.client.request<Dap.Capabilities>("initialize", {
      adapterID: "netdev-lab",
      clientID: "test",
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: "path",
      supportsVariableType: true,
      supportsVariablePaging: true,
      ...this.start.initialize,
    });
    await this.client.event("initialized");
  }

  launchArguments(): object {
    return { type: "netdev-lab", request: "launch", program: this.program, ...this.start.launch };
  }

  async configure(): Promise<void> {
    this.breakpoints = await this.setBreakpoints(this.start.breakpoints ?? []);
    if (this.start.functions !== undefined) {
      const body = await this.client.request<{ breakpoints: Dap.Breakpoint[] }>("setFunctionBreakpoints", {
        breakpoints: this.start.functions,
      });
      this.functions = body.breakpoints;
    }
    const filters = this.start.filters ?? [];
    await this.client.request("setExceptionBreakpoints", {
      filters: filters.filter((filter) => typeof filter === "string"),
      filterOptions: filters.filter((filter) => typeof filter !== "string"),
    });
  }

  async setBreakpoints(wanted: readonly (string | MarkedBreakpoint)[]): Promise<Dap.Breakpoint[]> {
    const breakpoints = wanted.map((one) => {
      const { marker, ...rest } = typeof one === "string" ? { marker: one } : one;
      return { line: this.line(marker), ...rest };
    });
    const body = await this.client.request<{ breakpoints: Dap.Breakpoint[] }>("setBreakpoints", {
      source: { path: this.program },
      breakpoints,
    });
    return body.breakpoints;
  }

  /** The next stop; fails if the run ends instead. */
  async stopped(): Promise<Stopped> {
    const ended = this.client.terminated.then(() => {
      throw new Error(`the run ended instead of stopping:\n${this.client.outputs()}`);
    });
    return (await Promise.race([this.client.event("stopped"), ended])) as unknown as Stopped;
  }

  async resume(command: "continue" | "next" | "stepIn" | "stepOut", threadId = 1): Promise<Stopped> {
    await this.client.request(command, { threadId });
    return this.stopped();
  }

  async frames(threadId: number): Promise<Dap.StackFrame[]> {
    return (await this.client.request<{ stackFrames: Dap.StackFrame[] }>("stackTrace", { threadId }))
      .stackFrames;
  }

  async top(stop: Stopped): Promise<Dap.StackFrame> {
    return (await this.frames(stop.threadId))[0]!;
  }

  /** Scopes of a frame, by name. */
  async scopes(frameId: number): Promise<Map<string, Dap.Scope>> {
    const { scopes } = await this.client.request<{ scopes: Dap.Scope[] }>("scopes", { frameId });
    return new Map(scopes.map((scope) => [scope.name, scope]));
  }

  /** Variables behind a number, by name. */
  async variables(variablesReference: number, more: object = {}): Promise<Map<string, Dap.Variable>> {
    const body = await this.client.request<{ variables: Dap.Variable[] }>("variables", {
      variablesReference,
      ...more,
    });
    return new Map(body.variables.map((variable) => [variable.name, variable]));
  }

  /** Variables of one scope of a stop's top frame. */
  async scope(stop: Stopped, name: string): Promise<Map<string, Dap.Variable>> {
    const scope = (await this.scopes((await this.top(stop)).id)).get(name);
    if (scope === undefined) throw new Error(`there is no scope ${name}`);
    return this.variables(scope.variablesReference);
  }

  /** Value of an expression in the top frame, as text. */
  async evaluate(stop: Stopped, expression: string, context = "watch"): Promise<string> {
    const frameId = (await this.top(stop)).id;
    const body = await this.client.request<{ result: string }>("evaluate", { expression, frameId, context });
    return body.result;
  }

  /** Waits for the end of the run; its exit code. */
  async finished(): Promise<number> {
    const { exitCode } = await this.client.event<{ exitCode: number }>("exited");
    await this.client.event("terminated");
    return exitCode;
  }

  async stop(): Promise<void> {
    if (!this.client.closed) await this.client.answer("disconnect", {});
    await this.adapter.stop();
  }
}

/** Starts an adapter and leads the session up to the running program; `use` gets it. */
export async function withSession(
  model: string,
  start: Start,
  use: (session: Session) => Promise<void>,
  how: "run" | "initialize" | "raw" = "run",
): Promise<void> {
  const session = new Session(await startAdapter(...(start.options ?? [])), model, start);
  let failure: unknown;
  try {
    if (how === "run") await session.run();
    if (how === "initialize") await session.initialize();
    await use(session);
  } catch (error) {
    failure = error;
  }
  try {
    await session.stop();
  } catch (error) {
    failure ??= error;
  }
  if (failure !== undefined) throw failure;
}
