/** Text of the console: columns, and colours for clients that show them. */

export type Style = "bold" | "red" | "green" | "cyan" | "yellow";
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, number>> = { bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 };
const ESCAPE = "\u001b[";

/** ANSI colours, or none. */
export function paintFor(colours: boolean): Paint {
  return colours ? (style, text) => `${ESCAPE}${CODES[style]}m${text}${ESCAPE}0m` : (_style, text) => text;
}

/** A table with a head; the last column is not padded. */
export function table(paint: Paint, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join("  ");
  return [paint("bold", line(head)), ...rows.map(line)].join("\n");
}
