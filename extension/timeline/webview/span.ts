/** A stretch of the axis (virtual time or numbers of events), and how it is moved and stretched. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Narrower than this nothing more is to be seen: a statement takes 10 ns. */
const NARROWEST = { time: 20, events: 4 } as const;

export function widthOf({ from, to }: Span): number {
  return to - from;
}

/** Stretches around `at`, which stays where it is; never wider than everything. */
export function zoomed(view: Span, extent: Span, factor: number, at: number, axis: "time" | "events"): Span {
  const least = Math.min(NARROWEST[axis], widthOf(extent));
  const width = Math.min(widthOf(extent), Math.max(least, widthOf(view) * factor));
  const share = (at - view.from) / widthOf(view);
  return moveInto({ from: at - width * share, to: at + width * (1 - share) }, extent);
}

/** Moves along the axis, as far as there is something. */
export function panned(view: Span, extent: Span, by: number): Span {
  return moveInto({ from: view.from + by, to: view.to + by }, extent);
}

/** The least move that brings a place into view, with some room around it. */
export function showing(view: Span, extent: Span, at: number): Span {
  const room = widthOf(view) / 10;
  if (at < view.from + room / 2) return panned(view, extent, at - room - view.from);
  if (at > view.to - room / 2) return panned(view, extent, at + room - view.to);
  return view;
}

function moveInto({ from, to }: Span, extent: Span): Span {
  const width = to - from;
  if (width >= widthOf(extent)) return { from: extent.from, to: extent.to };
  const left = Math.min(Math.max(from, extent.from), extent.to - width);
  return { from: left, to: left + width };
}
