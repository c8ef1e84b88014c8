/** The timeline as a table: the same events in words, a page at a time. */
import type { EventRow, EventRows, EventsArguments } from "../../../debug-adapter/messages/timeline.ts";
import { timeText } from "../../views/node.ts";
import type { TimelineStrings } from "../strings.ts";
import { button, element } from "./dom.ts";

const PAGE = 100;

export interface TableActions {
  ask(args: EventsArguments): Promise<EventRows>;
  go(event: number): void;
  say(text: string): void;
}

interface Page {
  readonly rows: readonly EventRow[];
  readonly next: number | null;
  readonly current?: number;
}

export class EventTable {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #actions: TableActions;
  readonly #body = element("tbody");
  #first = 0;
  #next: number | null = null;
  #turns = 0;

  constructor(strings: TimelineStrings, actions: TableActions) {
    [this.#strings, this.#actions] = [strings, actions];
    const heads = [strings.time, strings.lane, strings.kind, strings.what, strings.lasts];
    const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
    const table = element(
      "table",
      {},
      element("caption", {}, strings.tableCaption),
      element("thead", {}, head),
      this.#body,
    );
    const earlier = button(strings.earlier, strings.earlier, () => void this.#earlier());
    const later = button(strings.later, strings.later, () => void this.#later());
    this.element = element("section", { class: "events" }, table, element("p", {}, earlier, later));
  }

  /** The events that lead to a moment, and that moment's own last. */
  showUntil(event: number): Promise<void> {
    return this.#turn(async () => {
      const page = await this.#actions.ask({ from: event + 1, backwards: true, count: PAGE });
      if (page.rows.length === PAGE) return { rows: page.rows, next: event + 1, current: event };
      return { ...(await this.#actions.ask({ from: 0, count: PAGE })), current: event };
    });
  }

  #earlier(): Promise<void> {
    const from = this.#first;
    return this.#turn(async () => {
      const { rows } = await this.#actions.ask({ from, backwards: true, count: PAGE });
      return rows.length === 0 ? null : { rows, next: from };
    });
  }

  #later(): Promise<void> {
    const from = this.#next;
    return this.#turn(async () => {
      const page = from === null ? null : await this.#actions.ask({ from, count: PAGE });
      return page === null || page.rows.length === 0 ? null : page;
    });
  }

  /** Shows what comes, unless something else was asked for meanwhile. */
  async #turn(page: () => Promise<Page | null>): Promise<void> {
    const turn = ++this.#turns;
    const came = await page();
    if (turn !== this.#turns) return;
    if (came === null) {
      this.#actions.say(this.#strings.noMore);
      return;
    }
    this.#next = came.next;
    this.#show(came.rows, came.current ?? null);
  }

  #show(rows: readonly EventRow[], current: number | null): void {
    this.#first = rows[0]?.event ?? 0;
    const last = rows.findLast(({ event }) => current !== null && event <= current);
    this.#body.replaceChildren(...rows.map((row) => this.#row(row, row === last)));
    const here = this.#body.querySelector("[aria-current]") ?? this.#body.querySelector("tr");
    here?.scrollIntoView({ block: "nearest" });
    here?.querySelector("button")?.focus({ preventScroll: true });
    if (rows.length === 0) this.#actions.say(this.#strings.noMatch);
  }

  #row(row: EventRow, current: boolean): HTMLElement {
    const { event, timeNs, lane, kind, text } = row;
    const lasts = row.open ? this.#strings.going : row.lastsNs === null ? "" : timeText(row.lastsNs);
    const what = element("button", { type: "button" }, text);
    what.addEventListener("click", () => this.#actions.go(event));
    const cells = [timeText(timeNs), lane, this.#strings.kinds[kind], what, lasts];
    const attributes: Record<string, string> = {
      class: kind,
      ...(current ? { "aria-current": "true" } : {}),
    };
    return element("tr", attributes, ...cells.map((cell) => element("td", {}, cell)));
  }
}
