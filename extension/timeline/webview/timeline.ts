/** The timeline's page: what is seen, and what keys, mouse and the debugger do to it. */
import type {
  Axis,
  EventRow,
  EventsArguments,
  Filter,
  Item,
  ItemKind,
  TimelineSlice,
} from "../../../debug-adapter/messages/timeline.ts";
import { fill } from "../../l10n.ts";
import { timeText } from "../../views/node.ts";
import type { TimelineStrings } from "../strings.ts";
import { element } from "./dom.ts";
import { EventTable } from "./eventTable.ts";
import { Host, type News } from "./host.ts";
import { type Action, actionOf, ZOOM } from "./keys.ts";
import { onThemeChange, readPalette } from "./palette.ts";
import { GUTTER, Picture, SCALE, type Scene } from "./picture.ts";
import { itemAt, layOut, type Row, type Rows } from "./rows.ts";
import { Slices } from "./slices.ts";
import { panned, type Span, showing, widthOf, zoomed } from "./span.ts";
import { Toolbar } from "./toolbar.ts";

interface Selected {
  readonly event: number;
  readonly at: number;
  readonly lane: string;
}

/** What is kept while the view is hidden. */
interface Kept {
  readonly axis: Axis;
  readonly view: Span | null;
  readonly filter: Filter;
  readonly asText: boolean;
}

const DRAG_FROM = 4;
const REACH_PIXELS = 4;
const WHILE_RUNNING_MS = 500;
const LOOK_AHEAD = 500;

export class Timeline {
  readonly #strings: TimelineStrings;
  readonly #host: Host;
  readonly #slices: Slices;
  readonly #toolbar: Toolbar;
  readonly #table: EventTable;
  readonly #picture: Picture;
  readonly #canvas: HTMLCanvasElement;
  readonly #spacer: HTMLElement;
  readonly #scroll: HTMLElement;
  readonly #tip = element("div", { class: "tip", role: "tooltip" });
  readonly #status = element("p", { class: "status" });
  readonly #live = element("p", { class: "unseen", "aria-live": "polite" });

  #axis: Axis = "time";
  /** Null: everything, however much it becomes. */
  #view: Span | null = null;
  #filter: Filter = {};
  #asText = false;
  #slice: TimelineSlice | null = null;
  #rows: Rows = { rows: [], height: 0 };
  #selected: Selected | null = null;
  #running = false;
  #ended = false;
  #frame = 0;
  #poll: ReturnType<typeof setInterval> | undefined;

  constructor(strings: TimelineStrings) {
    this.#strings = strings;
    this.#host = new Host((news) => this.#hear(news));
    this.#slices = new Slices(
      (args) => this.#host.ask("timeline", args),
      (slice) => this.#came(slice),
      () => this.#tellStatus(),
    );
    this.#toolbar = new Toolbar(strings, {
      filter: (filter) => this.#change({ filter }),
      axis: (axis) => this.#change({ axis, view: null }),
      zoom: (closer) => this.#do({ kind: "zoom", factor: closer ? 1 / ZOOM : ZOOM }),
      fit: () => this.#do({ kind: "fit" }),
      violation: (backwards) => this.#do({ kind: "violation", backwards }),
      asText: (asText) => this.#change({ asText }),
      proposals: () => this.#proposals(),
    });
    this.#table = new EventTable(strings, {
      ask: (args) => this.#events(args),
      go: (event) => this.#host.tell({ kind: "go", to: { event } }),
      say: (text) => this.#say(text),
    });
    this.#canvas = element("canvas", { tabindex: "0", role: "application", "aria-label": strings.canvas });
    this.#spacer = element("div", { class: "spacer" }, this.#canvas);
    this.#scroll = element("div", { class: "scroll" }, this.#spacer);
    this.#picture = new Picture(this.#canvas, strings, readPalette(document.body));
    document.body.append(
      this.#toolbar.element,
      this.#scroll,
      this.#table.element,
      this.#status,
      this.#live,
      this.#tip,
    );
    this.#listen();
    this.#change((this.#host.state as Partial<Kept> | undefined) ?? {});
    this.#host.tell({ kind: "ready" });
  }

  // —— what the debugger tells

  #hear(news: News): void {
    switch (news.kind) {
      case "changed":
        this.#ended = false;
        this.#running = news.running;
        clearInterval(this.#poll);
        if (news.running) this.#poll = setInterval(() => this.#refresh(), WHILE_RUNNING_MS);
        this.#refresh();
        break;
      case "ended":
        this.#ended = true;
        this.#running = false;
        clearInterval(this.#poll);
        this.#tellStatus();
        this.#invalidate();
        break;
      case "make-image":
        this.#host.tell({ kind: "image", png: this.#picture.png() });
        break;
    }
  }

  #refresh(): void {
    this.#slices.forget();
    this.#want();
    if (this.#asText && !this.#running) void this.#fillTable();
  }

  #came(slice: TimelineSlice): void {
    const moved = this.#slice !== null && this.#slice.now !== slice.now;
    if (this.#slice?.timeline !== slice.timeline) this.#selected = null;
    this.#slice = slice;
    this.#rows = layOut(slice.lanes);
    this.#spacer.style.height = `${this.#rows.height + SCALE}px`;
    this.#toolbar.offer(slice);
    if (moved && this.#view !== null && !this.#running)
      this.#view = showing(this.#view, slice.extent, Math.min(slice.now, slice.extent.to));
    this.#tellStatus();
    this.#invalidate();
  }

  #tellStatus(): void {
    const { events, hint, here, cut, timeline, ended, nothing, noMatch } = this.#strings;
    const slice = this.#slice;
    if (slice === null) {
      this.#status.textContent = nothing;
      return;
    }
    const at = this.#axis === "time" ? timeText(Math.round(slice.now)) : `#${slice.now}`;
    const empty = slice.lanes.every(({ tracks }) => tracks.every(({ items }) => items.length === 0));
    const parts = [
      ...(this.#ended ? [ended] : []),
      ...(empty ? [noMatch] : []),
      fill(events, slice.events.toLocaleString()),
      ...(slice.timeline === 1 ? [] : [fill(timeline, slice.timeline)]),
      ...(this.#running || this.#ended ? [] : [fill(here, at)]),
      ...(slice.cutAt === null ? [] : [fill(cut, slice.cutAt)]),
      hint,
    ];
    this.#status.textContent = parts.join(" · ");
  }

  // —— what is seen

  #change({ axis, view, filter, asText }: Partial<Kept>): void {
    if (axis !== undefined && axis !== this.#axis) [this.#axis, this.#selected] = [axis, null];
    if (view !== undefined) this.#view = view;
    if (filter !== undefined) this.#filter = filter;
    if (asText !== undefined) this.#asText = asText;
    this.#toolbar.show(this.#filter, this.#axis, this.#asText);
    this.#scroll.hidden = this.#asText;
    this.#table.element.hidden = !this.#asText;
    this.#host.state = {
      axis: this.#axis,
      view: this.#view,
      filter: this.#filter,
      asText: this.#asText,
    } satisfies Kept;
    this.#want();
    this.#invalidate();
    if (this.#asText && (asText !== undefined || filter !== undefined)) void this.#fillTable();
  }

  #want(): void {
    this.#slices.want({
      axis: this.#axis,
      view: this.#view,
      columns: this.#picture.columns,
      filter: this.#filter,
    });
  }

  #invalidate(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const scene = this.#scene();
      if (scene === null || this.#asText) return;
      this.#picture.draw(scene);
      if (performance.getEntriesByName("timeline-painted").length === 0) performance.mark("timeline-painted");
    });
  }

  #scene(): Scene | null {
    const slice = this.#slice;
    // A slice along the other axis is on its way to be replaced.
    if (slice === null || slice.axis !== this.#axis) return null;
    return {
      axis: slice.axis,
      view: this.#view ?? slice.extent,
      rows: this.#rows.rows,
      names: slice.names,
      scrolled: this.#scroll.scrollTop,
      now: this.#running || this.#ended ? null : slice.now,
      selected: this.#selected,
    };
  }

  // —— keys and mouse

  #listen(): void {
    const redraw = (): void => this.#invalidate();
    new ResizeObserver(() => this.#resize()).observe(this.#scroll);
    this.#scroll.addEventListener("scroll", redraw);
    onThemeChange(() => {
      this.#picture.palette = readPalette(document.body);
      this.#invalidate();
    });
    this.#canvas.addEventListener("keydown", (event) => {
      const action = actionOf(event);
      if (action === null) return;
      event.preventDefault();
      this.#do(action);
    });
    this.#canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#canvas.addEventListener("pointerdown", (event) => this.#press(event));
    this.#canvas.addEventListener("pointermove", (event) => this.#hover(event));
    this.#canvas.addEventListener("pointerleave", () => this.#tip.classList.remove("shown"));
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#scroll;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#picture.resize(clientWidth, clientHeight);
    this.#want();
    const scene = this.#scene();
    if (scene !== null) this.#picture.draw(scene); // a canvas is empty after it was resized
  }

  #do(action: Action): void {
    const scene = this.#scene();
    const slice = this.#slice;
    if (scene === null || slice === null) return;
    const { view } = scene;
    switch (action.kind) {
      case "zoom": {
        const middle = (view.from + view.to) / 2;
        const anchor = [this.#selected?.at, scene.now].find(
          (at) => at != null && at >= view.from && at <= view.to,
        );
        this.#change({ view: zoomed(view, slice.extent, action.factor, anchor ?? middle, this.#axis) });
        break;
      }
      case "pan":
        this.#change({ view: panned(view, slice.extent, action.by * widthOf(view)) });
        break;
      case "fit":
        this.#change({ view: null });
        break;
      case "edge":
        void this.#step({ from: action.end ? slice.events : 0, backwards: action.end });
        break;
      case "event":
        void this.#stepFromHere(action.backwards, action.sameLane);
        break;
      case "violation":
        void this.#stepFromHere(action.backwards, false, ["violation"]);
        break;
      case "lane":
        this.#changeLane(action.by, scene);
        break;
      case "travel":
        if (this.#selected !== null) this.#host.tell({ kind: "go", to: { event: this.#selected.event } });
        break;
    }
  }

  #wheel(event: WheelEvent): void {
    const scene = this.#scene();
    if (scene === null || this.#slice === null) return;
    const { view } = scene;
    const { extent } = this.#slice;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const at = this.#at(event.offsetX, view);
      this.#change({ view: zoomed(view, extent, Math.exp(event.deltaY / 300), at, this.#axis) });
      return;
    }
    const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
    if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return; // the lanes scroll
    event.preventDefault();
    this.#change({ view: panned(view, extent, (sideways / this.#picture.columns) * widthOf(view)) });
  }

  /** A click travels, a drag pans. */
  #press(down: PointerEvent): void {
    const scene = this.#scene();
    const slice = this.#slice;
    if (down.button !== 0 || scene === null || slice === null) return;
    this.#canvas.setPointerCapture(down.pointerId);
    let dragged = false;
    const move = (event: PointerEvent): void => {
      const by = event.clientX - down.clientX;
      dragged ||= Math.abs(by) > DRAG_FROM;
      if (!dragged) return;
      this.#tip.classList.remove("shown");
      this.#change({
        view: panned(scene.view, slice.extent, (-by / this.#picture.columns) * widthOf(scene.view)),
      });
    };
    const end = (event: PointerEvent): void => {
      this.#canvas.removeEventListener("pointermove", move);
      this.#canvas.removeEventListener("pointerup", end);
      this.#canvas.removeEventListener("pointercancel", end);
      if (!dragged && event.type === "pointerup") this.#click(event);
    };
    this.#canvas.addEventListener("pointermove", move);
    this.#canvas.addEventListener("pointerup", end);
    this.#canvas.addEventListener("pointercancel", end);
  }

  #click(event: PointerEvent): void {
    const scene = this.#scene();
    if (scene === null || event.offsetX < GUTTER) return;
    const found = this.#under(event, scene);
    if (found !== null) {
      this.#select(found.item[4], found.item[0], found.row.lane.id);
      this.#host.tell({ kind: "go", to: { event: found.item[4] } });
      return;
    }
    const at = Math.round(this.#at(event.offsetX, scene.view));
    this.#host.tell({ kind: "go", to: this.#axis === "time" ? { timeNs: at } : { event: at } });
  }

  #hover(event: PointerEvent): void {
    const scene = this.#scene();
    const found = scene === null || event.buttons !== 0 ? null : this.#under(event, scene);
    this.#tip.classList.toggle("shown", found !== null);
    if (scene === null || found === null) return;
    this.#tip.textContent = this.#picture.describe(scene, found.item, this.#axis);
    const { width, height } = this.#tip.getBoundingClientRect();
    this.#tip.style.left = `${Math.max(0, Math.min(event.clientX + 12, window.innerWidth - width - 4))}px`;
    const below = event.clientY + 16;
    this.#tip.style.top = `${below + height < window.innerHeight ? below : Math.max(0, event.clientY - height - 8)}px`;
  }

  #under(event: PointerEvent, { view, rows, scrolled }: Scene): { row: Row; item: Item } | null {
    if (event.offsetX < GUTTER || event.offsetY < SCALE) return null;
    const reach = (REACH_PIXELS / this.#picture.columns) * widthOf(view);
    return itemAt(rows, this.#at(event.offsetX, view), event.offsetY - SCALE + scrolled, reach);
  }

  #at(x: number, view: Span): number {
    return view.from + ((x - GUTTER) / this.#picture.columns) * widthOf(view);
  }

  // —— going from event to event

  async #stepFromHere(backwards: boolean, sameLane: boolean, kinds?: readonly ItemKind[]): Promise<void> {
    const here = this.#selected?.event ?? (await this.#eventNow());
    const args = { from: backwards ? here : here + 1, backwards, ...(kinds === undefined ? {} : { kinds }) };
    await this.#step(args, sameLane ? this.#selected?.lane : undefined);
  }

  /** Selects the first event that is looked for, and says what it is. */
  async #step(args: EventsArguments, lane?: string): Promise<void> {
    let from: number | null = args.from ?? 0;
    while (from !== null) {
      const { rows, next }: { rows: readonly EventRow[]; next: number | null } = await this.#events({
        ...args,
        from,
        count: lane === undefined ? 1 : LOOK_AHEAD,
      });
      const ours = rows.filter((row) => lane === undefined || row.lane === lane);
      const found = args.backwards === true ? ours.at(-1) : ours[0];
      if (found !== undefined) {
        this.#selectRow(found);
        return;
      }
      from = next === null || rows.length === 0 ? null : args.backwards === true ? next + 1 : next;
    }
    this.#say(this.#strings.noMore);
  }

  #changeLane(by: number, { rows, view }: Scene): void {
    const lanes = [...new Set(rows.map(({ lane }) => lane.id))];
    const at = this.#selected?.at ?? this.#slice?.now ?? view.from;
    const now = lanes.indexOf(this.#selected?.lane ?? "");
    for (let next = now + by; next >= 0 && next < lanes.length; next += by) {
      const items = rows.filter(({ lane }) => lane.id === lanes[next]).flatMap(({ track }) => track.items);
      if (items.length === 0) continue;
      const nearest = items.reduce((a, b) => (Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a));
      void this.#step({ from: nearest[4] }, lanes[next]);
      return;
    }
    this.#say(this.#strings.noMore);
  }

  #selectRow(row: EventRow): void {
    const lasts = row.lastsNs === null ? "" : `, ${this.#strings.lasts} ${timeText(row.lastsNs)}`;
    this.#select(row.event, this.#axis === "time" ? row.timeNs : row.event, row.lane);
    this.#say(`${timeText(row.timeNs)}, ${row.lane}, ${this.#strings.kinds[row.kind]}: ${row.text}${lasts}`);
  }

  #select(event: number, at: number, lane: string): void {
    this.#selected = { event, at, lane };
    if (this.#slice !== null && this.#view !== null)
      this.#change({ view: showing(this.#view, this.#slice.extent, at) });
    const row = this.#rows.rows.find((one) => one.lane.id === lane);
    const room = this.#scroll.clientHeight - SCALE;
    if (row !== undefined && (row.top < this.#scroll.scrollTop || row.top > this.#scroll.scrollTop + room))
      this.#scroll.scrollTop = row.top - room / 3;
    this.#invalidate();
  }

  /** Told to a screen reader, and shown. */
  #say(text: string): void {
    this.#live.textContent = text;
    this.#status.textContent = text;
  }

  #events(args: EventsArguments) {
    return this.#host.ask("events", { filter: this.#filter, ...args });
  }

  async #eventNow(): Promise<number> {
    if (this.#slice?.axis === "events") return this.#slice.now;
    return (await this.#host.ask("timeline", { axis: "events", columns: 1 })).now;
  }

  async #fillTable(): Promise<void> {
    try {
      await this.#table.showUntil(await this.#eventNow());
    } catch {
      this.#tellStatus(); // no session is there
    }
  }

  async #proposals(): Promise<readonly string[]> {
    const slice = this.#slice;
    if (slice === null) return [];
    const { packets } = await this.#host.ask("packets", { count: 200 });
    const locks = slice.lanes
      .flatMap(({ tracks }) => tracks.filter(({ kind }) => kind === "lock"))
      .flatMap(({ items }) => items.map(([, , name]) => slice.names[name]!.replace(/ held by .*/, "")));
    return [...new Set([...locks, ...packets.map(({ skb }) => `skb ${skb}`)])];
  }
}
