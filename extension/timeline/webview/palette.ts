/** Colours of the editor's theme, as a canvas needs them: read anew whenever the theme changes. */
import type { ItemKind } from "../../../debug-adapter/messages/timeline.ts";

const KINDS: Readonly<Record<ItemKind, string>> = {
  process: "--vscode-charts-blue",
  softirq: "--vscode-charts-green",
  hardirq: "--vscode-charts-orange",
  callback: "--vscode-charts-purple",
  lock: "--vscode-charts-yellow",
  wait: "--vscode-charts-red",
  packet: "--vscode-terminal-ansiCyan",
  mark: "--vscode-descriptionForeground",
  device: "--vscode-descriptionForeground",
  violation: "--vscode-editorError-foreground",
};

export interface Palette {
  readonly kinds: Readonly<Record<ItemKind, string>>;
  readonly text: string;
  readonly faint: string;
  readonly background: string;
  readonly line: string;
  readonly playhead: string;
  readonly selection: string;
  readonly font: string;
  /** Areas are outlined instead of filled. */
  readonly highContrast: boolean;
}

export function readPalette(body: HTMLElement): Palette {
  const style = getComputedStyle(body);
  const text = style.getPropertyValue("--vscode-foreground").trim() || style.color;
  const color = (name: string): string => style.getPropertyValue(name).trim() || text;
  const kinds = Object.fromEntries(Object.entries(KINDS).map(([kind, name]) => [kind, color(name)]));
  return {
    kinds: kinds as Record<ItemKind, string>,
    text,
    faint: color("--vscode-descriptionForeground"),
    background: color("--vscode-panel-background"),
    line: style.getPropertyValue("--vscode-contrastBorder").trim() || color("--vscode-panel-border"),
    playhead: color("--vscode-debugIcon-breakpointCurrentStackframeForeground"),
    selection: color("--vscode-focusBorder"),
    font: style.getPropertyValue("--vscode-font-family").trim() || "sans-serif",
    highContrast: body.classList.contains("vscode-high-contrast"),
  };
}

/** Calls back when VS Code changes the theme: it sets a class and variables on the page. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}
