/** Draws the timeline into a canvas. Knows where things are, not where they come from. */
import type { Item } from "../../../debug-adapter/messages/timeline.ts";
import { fill } from "../../l10n.ts";
import { timeText } from "../../views/node.ts";
import type { TimelineStrings } from "../strings.ts";
import type { Palette } from "./palette.ts";
import { firstAt, ROW_HEIGHT, type Row } from "./rows.ts";
import { scaleMarks } from "./scale.ts";
import type { Span } from "./span.ts";

export interface Scene {
  readonly axis: "time" | "events";
  readonly view: Span;
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly scrolled: number;
  /** Where the debugger stands; null while the program runs. */
  readonly now: number | null;
  /** Place and lane of the event that the keyboard is at. */
  readonly selected: { readonly at: number; readonly event: number } | null;
}

/** Width of the column with the lanes' names. */
export const GUTTER = 132;
/** Height of the scale. */
export const SCALE = 20;
/** A mark of the scale needs so much room. */
const SCALE_MARK = 120;
const TEXT_FROM = 28;
const MARK_WIDTH = 2;

export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #strings: TimelineStrings;
  palette: Palette;
  #width = 0;
  #height = 0;
  #letter = 6;

  constructor(canvas: HTMLCanvasElement, strings: TimelineStrings, palette: Palette) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext("2d", { alpha: false })!;
    this.#strings = strings;
    this.palette = palette;
  }

  /** Pixels that one view is wide. */
  get columns(): number {
    return Math.max(1, this.#width - GUTTER);
  }

  resize(width: number, height: number): void {
    const ratio = globalThis.devicePixelRatio || 1;
    [this.#width, this.#height] = [width, height];
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  draw(scene: Scene): void {
    const { palette } = this;
    const pen = this.#pen;
    pen.font = `11px ${palette.font}`;
    pen.textBaseline = "middle";
    this.#letter = pen.measureText("abcdefghijklmnopqrstuvwxyz").width / 26;
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, this.#width, this.#height);
    for (const row of scene.rows) {
      const y = SCALE + row.top - scene.scrolled;
      if (y > SCALE - ROW_HEIGHT && y < this.#height) this.#row(scene, row, y);
    }
    this.#position(scene, scene.selected?.at ?? null, palette.selection, [3, 3]);
    this.#position(scene, scene.now, palette.playhead, []);
    this.#gutter(scene);
    this.#scale(scene);
  }

  /** The picture as a data URL. */
  png(): string {
    return this.#canvas.toDataURL("image/png");
  }

  #x({ view }: Scene, at: number): number {
    return GUTTER + ((at - view.from) / (view.to - view.from)) * this.columns;
  }

  #row(scene: Scene, { track: { kind, items } }: Row, y: number): void {
    const pen = this.#pen;
    const color = this.palette.kinds[kind];
    const texts: [item: Item, x: number, width: number][] = [];
    const { from, to } = scene.view;
    const scale = this.columns / (to - from);
    let drawnTo = -1;
    pen.fillStyle = color;
    for (let i = firstAt(items, from); i < items.length; i++) {
      const item = items[i]!;
      if (item[0] > to) break;
      const left = Math.max(GUTTER, GUTTER + (item[0] - from) * scale);
      const right = Math.min(this.#width, GUTTER + (item[1] - from) * scale);
      if (right - left < MARK_WIDTH) {
        if (left < drawnTo) continue; // there is a mark in these pixels already
        if (kind === "violation") this.#warning(left, y);
        else pen.fillRect(left, y + 2, MARK_WIDTH, ROW_HEIGHT - 4);
        drawnTo = left + MARK_WIDTH;
        continue;
      }
      this.#bar(left, y, right - left, kind === "wait");
      drawnTo = right;
      if (right - left > TEXT_FROM) texts.push([item, left, right - left]);
    }
    pen.fillStyle = this.palette.text;
    for (const [item, x, width] of texts) this.#text(this.#words(scene, item), x + 4, y, width - 6);
  }

  /** A span: a pale area with a strong edge, so that text on it can be read in every theme. */
  #bar(x: number, y: number, width: number, hatched: boolean): void {
    const pen = this.#pen;
    const [top, height] = [y + 1.5, ROW_HEIGHT - 3];
    if (!this.palette.highContrast) {
      pen.globalAlpha = hatched ? 0.2 : 0.35;
      pen.fillRect(x, top, width, height);
      pen.globalAlpha = 1;
    }
    if (this.palette.highContrast || hatched) {
      pen.fillRect(x, top, width, 1);
      pen.fillRect(x, top + height - 1, width, 1);
      pen.fillRect(x + width - 1, top, 1, height);
    }
    pen.fillRect(x, top, Math.min(2, width), height);
  }

  #warning(x: number, y: number): void {
    const pen = this.#pen;
    pen.beginPath();
    pen.moveTo(x + 1, y + 1);
    pen.lineTo(x + 8, y + ROW_HEIGHT - 2);
    pen.lineTo(x - 6, y + ROW_HEIGHT - 2);
    pen.fill();
  }

  #words({ names }: Scene, [, , name, count]: Item): string {
    const text = names[name] ?? "";
    return count === 1 ? text : `${count}×`;
  }

  #text(text: string, x: number, y: number, width: number): void {
    const letters = Math.floor(width / this.#letter);
    const short = text.length <= letters ? text : letters < 3 ? "" : `${text.slice(0, letters - 1)}…`;
    if (short !== "") this.#pen.fillText(short, x, y + ROW_HEIGHT / 2 + 0.5, width);
  }

  #position(scene: Scene, at: number | null, color: string, dash: number[]): void {
    if (at === null || at < scene.view.from || at > scene.view.to) return;
    const pen = this.#pen;
    const x = Math.round(this.#x(scene, at)) + 0.5;
    pen.strokeStyle = color;
    pen.lineWidth = 2;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(x, SCALE - 6);
    pen.lineTo(x, this.#height);
    pen.stroke();
    pen.setLineDash([]);
    pen.lineWidth = 1;
  }

  #gutter(scene: Scene): void {
    const pen = this.#pen;
    const { palette } = this;
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, GUTTER - 1, this.#height);
    for (const { lane, first, track, top } of scene.rows) {
      const y = SCALE + top - scene.scrolled;
      if (y < SCALE - ROW_HEIGHT || y > this.#height) continue;
      if (first) {
        pen.fillStyle = palette.line;
        pen.fillRect(0, Math.round(y) - 4, this.#width, 1);
        pen.fillStyle = palette.text;
        pen.font = `bold 11px ${palette.font}`;
        this.#text(lane.title.replace(/^NIC 0000:/, "NIC "), 6, y, 66);
        pen.font = `11px ${palette.font}`;
      }
      if (track.row > 0) continue;
      pen.fillStyle = palette.kinds[track.kind];
      pen.fillRect(GUTTER - 6, y + 2, 3, ROW_HEIGHT - 4);
      pen.fillStyle = palette.faint;
      pen.textAlign = "right";
      this.#text(this.#strings.kinds[track.kind], GUTTER - 10, y, 58);
      pen.textAlign = "left";
    }
  }

  #scale(scene: Scene): void {
    const pen = this.#pen;
    const { palette } = this;
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, this.#width, SCALE);
    pen.fillStyle = palette.line;
    pen.fillRect(0, SCALE - 1, this.#width, 1);
    for (const { at, text } of scaleMarks(scene.view, scene.axis, this.columns / SCALE_MARK)) {
      const x = this.#x(scene, at);
      pen.fillStyle = palette.line;
      pen.fillRect(x, SCALE - 6, 1, 5);
      pen.fillStyle = palette.faint;
      pen.fillText(text, x + 3, SCALE / 2 - 1);
    }
    const at = scene.now;
    if (at === null || at < scene.view.from || at > scene.view.to) return;
    const x = this.#x(scene, at);
    pen.fillStyle = palette.playhead;
    pen.beginPath();
    pen.moveTo(x - 6, SCALE - 9);
    pen.lineTo(x + 7, SCALE - 9);
    pen.lineTo(x + 0.5, SCALE - 1);
    pen.fill();
  }

  /** What an item stands for, in full. */
  describe({ names }: Scene, [from, to, name, count]: Item, axis: "time" | "events"): string {
    const text = names[name] ?? "";
    const what = count === 1 ? text : fill(this.#strings.several, count, text);
    if (axis === "events") return what;
    const lasts = to > from ? `, ${timeText(Math.round(to - from))}` : "";
    return `${timeText(Math.round(from))}${lasts}\n${what}`;
  }
}
