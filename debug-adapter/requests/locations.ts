import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";

/** The place behind a `valueLocationReference`. */
export const locations: RequestHandler<"locations"> = {
  command: "locations",
  shape: { locationReference: "integer" },
  handle(args, session) {
    const place = session.locations.get(args.locationReference);
    if (place === undefined) throw new UserError(`there is no location ${args.locationReference}`);
    const { client, sources } = session;
    return {
      source: sources.ofFile(place.file, client),
      line: client.line(place.line),
      column: client.column(place.column),
    };
  },
};
