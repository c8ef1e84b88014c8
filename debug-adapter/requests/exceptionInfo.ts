import type { Place, Violation } from "../../sim/machine/events.ts";
import { ruleById } from "../../sim/rules/catalogue.ts";
import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { titleOf } from "../session/rules.ts";

/** The violation at which the run stands: what happened, the rule, and the other places of the story. */
export const exceptionInfo: RequestHandler<"exceptionInfo"> = {
  command: "exceptionInfo",
  needs: "stopped",
  capabilities: { supportsExceptionInfoRequest: true },
  shape: { threadId: "integer" },
  handle(args, session) {
    const { violation } = session;
    if (violation === null || violation.cpu + 1 !== args.threadId)
      throw new UserError(`thread ${args.threadId} does not stand at a violation`);
    return {
      exceptionId: violation.rule,
      description: `${violation.message}\n${explanation(violation)}`,
      breakMode: "always",
      details: {
        message: violation.message,
        typeName: violation.rule,
        fullTypeName: titleOf(violation.rule),
        stackTrace: violation.stack.map(stackLine).join("\n"),
        innerException: violation.related.map(({ message, place }) => ({
          message,
          ...(place === null ? {} : { stackTrace: stackLine(place) }),
        })),
      },
    };
  },
};

function explanation(violation: Violation): string {
  const rule = ruleById(violation.rule);
  const related = violation.related.map(({ message, place }) =>
    place === null ? message : `${message}: ${stackLine(place)}`,
  );
  return [...related, ...(rule === undefined ? [] : ["", rule.statement, `Source: ${rule.source}`])].join(
    "\n",
  );
}

function stackLine(place: Place): string {
  return `    at ${place.fn} (${place.file}:${place.line}:${place.column})`;
}
