/** The timeline with 100,000 events of a real run in a real Chromium: how fast it is, and what keys and mouse do. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EventRows } from "../../debug-adapter/messages/timeline.ts";
import type { DapClient } from "../../scripts/dap-client.mjs";
import { requireBrowser } from "./install.mjs";
import { recorded } from "./timeline/recorded.ts";
import { TimelinePage } from "./timeline/timelinePage.ts";

const EVENTS = 100_000;
const FRAMES = 150;

let dap: DapClient;
let timeline: TimelinePage;

const ask = (name: string, args: object): Promise<unknown> => dap.request(`netdev-lab/${name}`, args);

beforeAll(async () => {
  dap = await recorded(EVENTS);
  timeline = await TimelinePage.open(requireBrowser(), ask);
}, 120_000);

afterAll(async () => {
  await timeline?.close();
  dap?.close();
});

/** The machine may be busy with other things: the best of some rounds tells what the timeline needs. */
const ROUNDS = 5;

test("the first picture is there in less than 500 ms", async () => {
  const rounds: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    if (n > 0) await timeline.page.reload();
    const painted = await timeline.page.waitForFunction(
      () => performance.getEntriesByName("timeline-painted")[0]?.startTime,
    );
    rounds.push(Number(await painted.jsonValue()));
  }
  console.log(`first picture of ${EVENTS} events: ${rounds.map(Math.round).join(", ")} ms`);
  expect(Math.min(...rounds)).toBeLessThan(500);
});

test("it pans and zooms with at least 50 frames a second", async () => {
  const rounds: number[] = [];
  for (let n = 0; n < ROUNDS; n++) rounds.push(await timeline.page.evaluate(panAndZoom, FRAMES));
  console.log(`frames a second: ${rounds.map((rate) => rate.toFixed(1)).join(", ")}`);
  expect(Math.max(...rounds)).toBeGreaterThanOrEqual(50);
});

const told = () => timeline.told.at(-1);
const status = () => timeline.page.locator(".status").textContent();

test("keys go from event to event, and Enter travels", async () => {
  const { page } = timeline;
  await page.locator("canvas").focus();
  await page.keyboard.press("0");
  await page.keyboard.press("End");
  await expect.poll(status).toMatch(/CPU|cpu|nic|wire/);
  const last = await status();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(status).not.toBe(last);
  expect(await page.locator("[aria-live]").textContent()).toBe(await status());
  await page.keyboard.press("Enter");
  await expect.poll(told).toMatchObject({ kind: "go", to: { event: expect.any(Number) } });
  const { rows } = (await ask("events", { from: 1e9, backwards: true, count: 2 })) as EventRows;
  expect(told()).toEqual({ kind: "go", to: { event: rows[0]!.event } });
});

test("a click on something travels to it, a drag does not", async () => {
  const { page } = timeline;
  const before = timeline.told.length;
  await page.mouse.move(600, 64);
  await page.mouse.down();
  await page.mouse.move(700, 64, { steps: 4 });
  await page.mouse.up();
  expect(timeline.told).toHaveLength(before);
  await page.mouse.click(700, 64);
  await expect.poll(() => timeline.told.length).toBe(before + 1);
  expect(told()).toMatchObject({ kind: "go" });
});

test("the filter keeps one packet, and the CPU's menu one CPU", async () => {
  const { page } = timeline;
  const { rows } = (await ask("events", { kinds: ["packet"], count: 500 })) as EventRows;
  const named = rows.flatMap(({ text }) => /skb \d+/.exec(text) ?? []);
  const packet = named.find((name, i) => named.indexOf(name) < i)!; // one that is in several events
  await page.locator("input").fill(packet);
  await page.getByRole("button", { name: "Show the events as a table" }).click();
  const texts = page.locator("tbody tr td:nth-child(4)");
  const packets = new RegExp(`${packet}(?!\\d)`);
  const onlyThat = async (): Promise<boolean> => {
    const all = await texts.allTextContents();
    return all.length > 1 && all.every((text) => packets.test(text));
  };
  await expect.poll(onlyThat).toBe(true);
  await page.locator("input").fill("");
  await page.locator("select").selectOption("1");
  const lanes = page.locator("tbody tr td:nth-child(2)");
  const oneCpu = async (): Promise<boolean> => {
    const all = await lanes.allTextContents();
    return all.includes("cpu1") && !all.includes("cpu0");
  };
  await expect.poll(oneCpu).toBe(true);
  await page.locator("select").selectOption("");
  await expect.poll(async () => (await lanes.allTextContents()).includes("cpu0")).toBe(true);
});

test("a line of the table travels, and pages lead through all of it", async () => {
  const { page } = timeline;
  const lines = page.locator("tbody tr");
  const first = await lines.first().textContent();
  await page.getByRole("button", { name: "Earlier" }).click();
  await expect.poll(() => lines.first().textContent()).not.toBe(first);
  await lines.nth(3).getByRole("button").click();
  await expect.poll(told).toMatchObject({ kind: "go", to: { event: expect.any(Number) } });
  await page.getByRole("button", { name: "Later" }).click();
  await expect.poll(() => lines.first().textContent()).toBe(first);
  await page.getByRole("button", { name: "Show the events as a table" }).click();
});

test("what is seen becomes a picture", async () => {
  await timeline.page.locator("canvas").press("0");
  await timeline.page.screenshot({ path: join(import.meta.dirname, "../artifacts/timeline.png") });
  await timeline.tell({ kind: "make-image" });
  await expect
    .poll(told)
    .toMatchObject({ kind: "image", png: expect.stringMatching(/^data:image\/png;base64,.{5000}/) });
});

/** Runs in the page: turns the wheel before each frame; how many frames a second there were. */
async function panAndZoom(count: number): Promise<number> {
  const canvas = document.querySelector("canvas")!;
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const wheel = (init: WheelEventInit): void => {
    canvas.dispatchEvent(new WheelEvent("wheel", { clientX: 700, clientY: 200, cancelable: true, ...init }));
  };
  canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "0" }));
  const start = await frame();
  let now = start;
  for (let n = 0; n < count; n++) {
    if (n % 5 < 2) wheel({ deltaX: n % 50 < 25 ? 60 : -60 });
    else wheel({ deltaY: n % 60 < 30 ? -60 : 60, ctrlKey: true });
    now = await frame();
  }
  return (1000 * count) / (now - start);
}
