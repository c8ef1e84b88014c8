/** The timeline's page as the editor shows it, in a browser of its own, with whatever stands behind it. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Browser, chromium, type Page } from "playwright-core";
import type { FromPage, ToPage } from "../../../extension/timeline/messages.ts";
import { timelinePage } from "../../../extension/timeline/page.ts";
import { timelineStrings } from "../../../extension/timeline/strings.ts";

const dist = join(import.meta.dirname, "../../../dist");

/** Colours of VS Code's themes *Dark Modern* and *Light Modern*, as far as the timeline uses them. */
const THEMES = {
  dark: {
    foreground: "#cccccc",
    descriptionForeground: "#9d9d9d",
    "panel-background": "#181818",
    "panel-border": "#2b2b2b",
    "charts-blue": "#3794ff",
    "charts-green": "#89d185",
    "charts-orange": "#d18616",
    "charts-purple": "#b180d7",
    "charts-yellow": "#cca700",
    "charts-red": "#f14c4c",
    "editorError-foreground": "#f14c4c",
  },
};

/** Answers a request of the page. */
export type Ask = (name: string, args: object) => Promise<unknown>;

export class TimelinePage {
  readonly page: Page;
  /** What the page has told, without its requests. */
  readonly told: readonly FromPage[];
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(browser: Browser, server: Server, page: Page, told: readonly FromPage[]) {
    [this.#browser, this.#server, this.page, this.told] = [browser, server, page, told];
  }

  static async open(executablePath: string, ask: Ask): Promise<TimelinePage> {
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage({ viewport: { width: 1400, height: 500 } });
    const told: FromPage[] = [];
    const server = await serve(ask, told);
    await page.addInitScript(standIn);
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    return new TimelinePage(browser, server, page, told);
  }

  async tell(message: ToPage): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data), message);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

/** Runs in the page before its own script: what VS Code gives a webview. What it says goes to our server. */
function standIn(): void {
  let state: unknown;
  const say = async (message: unknown): Promise<void> => {
    const response = await fetch("/said", { method: "POST", body: JSON.stringify(message) });
    const answer: unknown = await response.json();
    if (answer !== null) window.postMessage(answer);
  };
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void say(message),
      getState: () => state,
      setState: (next: unknown) => {
        state = next;
      },
    }),
  });
}

async function answer(message: FromPage, ask: Ask, told: FromPage[]): Promise<ToPage | null> {
  if (message.kind === "ready") return { kind: "changed", running: false };
  if (message.kind !== "ask") {
    told.push(message);
    return null;
  }
  const { id, name, args } = message;
  try {
    return { kind: "answer", id, body: await ask(name, args) };
  } catch (error) {
    return { kind: "refused", id, reason: (error as Error).message };
  }
}

async function serve(ask: Ask, told: FromPage[]): Promise<Server> {
  const html = timelinePage({
    script: "/timeline.js",
    style: "/timeline.css",
    source: "'self'; connect-src 'self'",
    nonce: "n",
    language: "en",
    strings: timelineStrings(),
  });
  const variables = Object.entries(THEMES.dark).map(([name, color]) => `--vscode-${name}:${color};`);
  const style = `:root{${variables.join("")}}${readFileSync(join(dist, "timeline.css"), "utf8")}`;
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    "/": ["text/html", html],
    "/timeline.js": ["text/javascript", readFileSync(join(dist, "timeline.js"), "utf8")],
    "/timeline.css": ["text/css", style],
  };
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const message = JSON.parse(await text(request)) as FromPage;
      response.end(JSON.stringify(await answer(message, ask, told)));
      return;
    }
    const [type, body] = files[request.url ?? "/"] ?? ["text/plain", ""];
    response.setHeader("content-type", type);
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}
