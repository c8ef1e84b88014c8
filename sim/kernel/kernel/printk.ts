/** The kernel's log (kernel/printk.c). */
import { emit, now_ns } from "machine";
import { vsprintf } from "../lib/vsprintf.ts";
import { local_irq_restore, local_irq_save } from "./irqflags.ts";
import { check_arg } from "./misuse.ts";

export const KERN_EMERG = "<0>";
export const KERN_ALERT = "<1>";
export const KERN_CRIT = "<2>";
export const KERN_ERR = "<3>";
export const KERN_WARNING = "<4>";
export const KERN_NOTICE = "<5>";
export const KERN_INFO = "<6>";
export const KERN_DEBUG = "<7>";

const default_message_loglevel = 4;

let partial = "";
let partial_level = default_message_loglevel;

/** Where the log goes besides dmesg (include/linux/console.h: struct console). */
export interface console {
  name: string;
  /** Prints a line. @context any, interrupts off */
  write: (text: string) => void;
}

/** Levels below it go to the consoles (kernel/printk.c: console_loglevel). */
const console_loglevel = 7;

let consoles: console[] = [];
/** Somebody prints to the consoles; he prints what comes meanwhile too (kernel/printk.c: console_sem). */
let console_locked = false;
const unprinted: string[] = [];

/** @internal A console that prints from now on. Linux kernel/printk.c: register_console */
export function register_console(con: console): void {
  consoles = [...consoles, con];
}

/** @internal Linux kernel/printk.c: unregister_console */
export function unregister_console(con: console): void {
  consoles = consoles.filter((other) => other !== con);
}

function put_line(level: number, text: string): void {
  emit({ type: "printk", level, text });
  if (consoles.length === 0 || level >= console_loglevel) return;
  unprinted.push(text);
  if (!console_locked) call_console_drivers();
}

/** Prints what is unprinted, with interrupts off for each line (kernel/printk.c: release_console_sem). */
function call_console_drivers(): void {
  console_locked = true;
  while (unprinted.length > 0) {
    const text = unprinted.shift()!;
    const flags = local_irq_save();
    for (const con of consoles) con.write(text);
    local_irq_restore(flags);
  }
  console_locked = false;
}

/** Prints what a printk without newline has left in the buffer. */
export function printk_flush(): void {
  if (partial === "") return;
  const text = partial;
  partial = "";
  put_line(partial_level, text);
}

/**
 * Writes to the kernel log (dmesg). `fmt` may start with a level (KERN_ERR + "…"); a text without newline at its end is
 * continued by the next printk that carries no level. Any context, any lock.
 * @param fmt printf format; arguments follow
 * @returns number of characters
 * Linux kernel/printk.c: printk.
 */
export function printk(fmt: string, ...args: unknown[]): number {
  check_arg("printk", "fmt", fmt, "string");
  const text = vsprintf(fmt, args);
  let at = 0;
  while (at < text.length) {
    const level = level_at(text, at);
    if (level >= 0) {
      printk_flush();
      at += 3;
    }
    if (partial === "") partial_level = level >= 0 ? level : default_message_loglevel;
    const newline = text.indexOf("\n", at);
    partial += newline < 0 ? text.slice(at) : text.slice(at, newline);
    if (newline < 0) break;
    at = newline + 1;
    const line = partial;
    partial = "";
    put_line(partial_level, line);
  }
  return text.length;
}

function level_at(text: string, at: number): number {
  if (text[at] !== "<" || text[at + 2] !== ">") return -1;
  const level = text.charCodeAt(at + 1) - 48;
  return level >= 0 && level <= 7 ? level : -1;
}

const ratelimit_interval_ns = 5e9;
const ratelimit_burst = 10;
let ratelimit_tokens_ns = ratelimit_interval_ns * ratelimit_burst;
let ratelimit_last_ns = 0;
let ratelimit_missed = 0;

/**
 * True (1) if a message may be printed now: at most ten in a burst, then one in five seconds. Any context.
 * Linux kernel/printk.c: printk_ratelimit.
 */
export function printk_ratelimit(): number {
  const now = now_ns();
  ratelimit_tokens_ns = Math.min(
    ratelimit_tokens_ns + (now - ratelimit_last_ns),
    ratelimit_interval_ns * ratelimit_burst,
  );
  ratelimit_last_ns = now;
  if (ratelimit_tokens_ns < ratelimit_interval_ns) {
    ratelimit_missed++;
    return 0;
  }
  ratelimit_tokens_ns -= ratelimit_interval_ns;
  const lost = ratelimit_missed;
  ratelimit_missed = 0;
  if (lost > 0) printk(`${KERN_WARNING}printk: ${lost} messages suppressed.\n`);
  return 1;
}
