/** Lines of a document, counted from 0, both ends included. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** An edit replaces the lines `start`…`end` (as they were) by text with `newLines` line breaks. */
export interface LineEdit extends LineSpan {
  readonly newLines: number;
  /** True if it starts at column 0 and ends at one: nothing of the line `end` itself was touched. */
  readonly wholeLines: boolean;
}

/** By how many lines a span moves, or undefined if the edit touched it. */
export function moveByEdit(span: LineSpan, edit: LineEdit): number | undefined {
  const lastTouched =
    edit.wholeLines && (edit.end > edit.start || edit.newLines > 0) ? edit.end - 1 : edit.end;
  if (edit.start > span.end) return 0;
  if (lastTouched >= span.start) return undefined;
  return edit.newLines - (edit.end - edit.start);
}
