/** Keeps the stretch of the recording that is shown, and more on both sides, so that panning and zooming need not wait. */
import type {
  Axis,
  Filter,
  TimelineArguments,
  TimelineSlice,
} from "../../../debug-adapter/messages/timeline.ts";
import { type Span, widthOf } from "./span.ts";

export interface Wish {
  readonly axis: Axis;
  readonly view: Span | null;
  readonly columns: number;
  readonly filter: Filter;
}

/** So much is asked for on each side of what is seen. */
const MARGIN = 1;
/** Shown coarser than this, a slice is asked for again. */
const COARSEST = 1.6;

export class Slices {
  readonly #ask: (args: TimelineArguments) => Promise<TimelineSlice>;
  readonly #came: (slice: TimelineSlice) => void;
  readonly #failed: (error: Error) => void;
  #kept: { readonly slice: TimelineSlice; readonly columns: number; readonly filter: Filter } | null = null;
  #stale = true;
  #asking = false;
  #wish: Wish | null = null;

  constructor(
    ask: (args: TimelineArguments) => Promise<TimelineSlice>,
    came: (slice: TimelineSlice) => void,
    failed: (error: Error) => void,
  ) {
    [this.#ask, this.#came, this.#failed] = [ask, came, failed];
  }

  /** The recording has changed: what is kept may be shown until the new one comes. */
  forget(): void {
    this.#stale = true;
  }

  /** Asks for what is to be seen, unless it is there. One question at a time: the last wish counts. */
  want(wish: Wish): void {
    this.#wish = wish;
    if (this.#asking || this.#fits(wish)) return;
    this.#asking = true;
    this.#stale = false;
    void this.#fetch(wish);
  }

  async #fetch(wish: Wish): Promise<void> {
    const { axis, view, columns, filter } = wish;
    const margin = view === null ? 0 : widthOf(view) * MARGIN;
    const span = view === null ? {} : { from: Math.max(0, view.from - margin), to: view.to + margin };
    const asked = Math.round(columns * (view === null ? 1 : 1 + 2 * MARGIN));
    try {
      const slice = await this.#ask({ axis, ...span, columns: asked, filter });
      this.#kept = { slice, columns: asked, filter };
      this.#asking = false;
      this.#came(slice);
    } catch (error) {
      this.#asking = false;
      this.#stale = true;
      this.#failed(error as Error);
      return;
    }
    if (this.#wish !== null) this.want(this.#wish);
  }

  #fits({ axis, view, columns, filter }: Wish): boolean {
    if (this.#kept === null || this.#stale) return false;
    const { slice, columns: had, filter: by } = this.#kept;
    if (slice.axis !== axis || by.text !== filter.text || by.cpu !== filter.cpu) return false;
    if (view === null) return true;
    const covers =
      slice.from <= Math.max(view.from, slice.extent.from) && slice.to >= Math.min(view.to, slice.extent.to);
    const fine = widthOf(slice) / had <= (widthOf(view) / columns) * COARSEST;
    return covers && fine;
  }
}
