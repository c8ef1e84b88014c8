import type { Place, RelatedPlace, Violation } from "../../sim/machine/events.ts";
import { ruleById } from "../../sim/rules/catalogue.ts";
import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { titleOf } from "../session/rules.ts";
import type { Sources } from "../session/sources.ts";
import { placeText } from "../variables/frameScopes.ts";

/** The violation at which the run stands: what happened, the other places of the story, the rule. */
export const exceptionInfo: RequestHandler<"exceptionInfo"> = {
  command: "exceptionInfo",
  needs: "stopped",
  capabilities: { supportsExceptionInfoRequest: true },
  shape: { threadId: "integer" },
  handle(args, session) {
    const { violation, sources } = session;
    if (violation === null || violation.cpu + 1 !== args.threadId)
      throw new UserError(`thread ${args.threadId} does not stand at a violation`);
    return {
      exceptionId: violation.rule,
      description: [violation.message, ...relatedLines(violation), ...ruleLines(violation)].join("\n"),
      breakMode: "always",
      details: {
        message: violation.message,
        typeName: violation.rule,
        fullTypeName: titleOf(violation.rule),
        stackTrace: violation.stack.map((place) => stackLine(place, sources)).join("\n"),
        innerException: violation.related.map(({ message, place }) => ({
          message,
          ...(place === null ? {} : { stackTrace: stackLine(place, sources) }),
        })),
      },
    };
  },
};

function relatedLines({ related }: Violation): string[] {
  return related.map(({ message, place, cpu, tick }: RelatedPlace) => {
    const where = place === null ? "" : ` in ${place.fn}(), ${placeText(place)}`;
    return `  • ${message}${where} (CPU ${cpu}, tick ${tick})`;
  });
}

function ruleLines({ rule: id }: Violation): string[] {
  const rule = ruleById(id);
  return rule === undefined ? [] : ["", `Rule: ${rule.statement}`, `Source: ${rule.source}`];
}

/** In the form in which clients find links. */
function stackLine(place: Place, sources: Sources): string {
  return `    at ${place.fn} (${sources.link(place)})`;
}
