/** The controls above the picture. */
import type { Axis, Filter, TimelineSlice } from "../../../debug-adapter/messages/timeline.ts";
import { fill } from "../../l10n.ts";
import type { TimelineStrings } from "../strings.ts";
import { button, element } from "./dom.ts";

export interface ToolbarActions {
  filter(filter: Filter): void;
  axis(axis: Axis): void;
  zoom(closer: boolean): void;
  fit(): void;
  violation(backwards: boolean): void;
  asText(on: boolean): void;
  /** What the filter's text box may propose: locks and packets. */
  proposals(): Promise<readonly string[]>;
}

const TYPING_PAUSE_MS = 200;

export class Toolbar {
  readonly element: HTMLElement;
  readonly #strings: TimelineStrings;
  readonly #text: HTMLInputElement;
  readonly #cpu: HTMLSelectElement;
  readonly #axis: HTMLButtonElement;
  readonly #asText: HTMLButtonElement;
  readonly #proposals = element("datalist", { id: "proposals" });
  #pause: ReturnType<typeof setTimeout> | undefined;
  #byTime = true;

  constructor(strings: TimelineStrings, actions: ToolbarActions) {
    this.#strings = strings;
    this.#text = element("input", {
      type: "search",
      list: "proposals",
      placeholder: strings.filter,
      "aria-label": strings.filter,
    });
    this.#text.addEventListener("input", () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        actions.filter(this.filter);
      }, TYPING_PAUSE_MS);
    });
    this.#text.addEventListener("focus", () => void this.#propose(actions));
    this.#cpu = element(
      "select",
      { "aria-label": strings.cpu },
      element("option", { value: "" }, strings.allCpus),
    );
    this.#cpu.addEventListener("change", () => actions.filter(this.filter));
    this.#axis = button(strings.byTime, strings.axisHint, () =>
      actions.axis(this.#byTime ? "events" : "time"),
    );
    this.#asText = button(strings.asText, strings.asTextHint, () =>
      actions.asText(this.#asText.getAttribute("aria-pressed") !== "true"),
    );
    this.element = element(
      "div",
      { role: "toolbar", "aria-label": strings.toolbar, class: "toolbar" },
      this.#text,
      this.#proposals,
      this.#cpu,
      this.#axis,
      button("−", strings.zoomOut, () => actions.zoom(false)),
      button("+", strings.zoomIn, () => actions.zoom(true)),
      button("↔", strings.fit, () => actions.fit()),
      button("◂ ⚠", strings.previousViolation, () => actions.violation(true)),
      button("⚠ ▸", strings.nextViolation, () => actions.violation(false)),
      this.#asText,
    );
  }

  get filter(): Filter {
    const [text, cpu] = [this.#text.value.trim(), this.#cpu.value];
    return { ...(text === "" ? {} : { text }), ...(cpu === "" ? {} : { cpu: Number(cpu) }) };
  }

  /** Shows the state that the picture has. */
  show(filter: Filter, axis: Axis, asText: boolean): void {
    if (this.#pause === undefined) this.#text.value = filter.text ?? ""; // else the user is typing
    if (filter.cpu !== undefined) this.#addCpu(filter.cpu);
    this.#cpu.value = filter.cpu === undefined ? "" : String(filter.cpu);
    this.#byTime = axis === "time";
    this.#axis.textContent = this.#byTime ? this.#strings.byTime : this.#strings.byEvents;
    this.#asText.setAttribute("aria-pressed", String(asText));
  }

  /** CPUs that the recording has. */
  offer({ lanes }: TimelineSlice): void {
    for (const { id } of lanes) if (id.startsWith("cpu")) this.#addCpu(Number(id.slice(3)));
  }

  #addCpu(cpu: number): void {
    const value = String(cpu);
    if ([...this.#cpu.options].some((option) => option.value === value)) return;
    this.#cpu.append(element("option", { value }, fill("{0} {1}", this.#strings.cpu, value)));
  }

  async #propose(actions: ToolbarActions): Promise<void> {
    const values = await actions.proposals();
    this.#proposals.replaceChildren(...values.map((value) => element("option", { value })));
  }
}
