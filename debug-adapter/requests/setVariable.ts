import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { FrameContainer } from "../variables/frameScopes.ts";
import { reference } from "../variables/toDap.ts";
import { containerAtPath, frameOfPath } from "../variables/treePath.ts";

/** Changes a variable, property or element; the new value is an expression in the variable's own frame. */
export const setVariable: RequestHandler<"setVariable"> = {
  command: "setVariable",
  needs: "stopped",
  capabilities: { supportsSetVariable: true },
  shape: { variablesReference: "integer", name: "string", value: "string" },
  handle(args, session) {
    const { variablesReference: id, name } = args;
    const container = session.tree.get(id);
    if (container === undefined) throw new UserError("this variable is gone: the program has moved on");
    if (container.set === undefined) throw new UserError(`${name} cannot be changed`);
    const path = session.tree.path(id);
    const root = session.tree.get(session.tree.rootOf(id));
    if (!(root instanceof FrameContainer) && session.stoppedInPast())
      throw new UserError("a value of the console cannot be changed in the past: change it in the variables");
    session.intervene(`${name} = ${args.value}`, (run) => {
      const there = run === session.live ? container : containerAtPath(run, path);
      const { cpu, frame } = frameOfPath(run, path[0] ?? "");
      const value = run.evaluate(args.value, cpu, frame, true);
      run.quietly(() => there?.set?.(name, value));
    });
    const part = container.find?.(name);
    if (part === undefined) throw new UserError(`there is no ${name}`);
    return {
      value: part.value,
      ...(part.type === undefined ? {} : { type: part.type }),
      ...reference(session, id, name, part.container),
    };
  },
  after(_args, session) {
    if (session.client.supportsInvalidated) session.event("invalidated", { areas: ["variables"] });
  },
};
