/** Entry of the timeline's page. */
import type { TimelineStrings } from "../strings.ts";
import { Timeline } from "./timeline.ts";

new Timeline(JSON.parse(document.body.dataset.strings ?? "{}") as TimelineStrings);
