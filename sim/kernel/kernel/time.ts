/** Wall-clock time of the simulated world (kernel/time.c): it starts at boot. */
import { now_ns } from "machine";
import { check_arg } from "./misuse.ts";

/** Seconds and microseconds (struct timeval). */
export class timeval {
  tv_sec = 0;
  tv_usec = 0;
}
/** Seconds and nanoseconds (struct timespec). */
export class timespec {
  tv_sec = 0;
  tv_nsec = 0;
}

/** Stores the time. Any context. Linux kernel/time.c: do_gettimeofday. */
export function do_gettimeofday(tv: timeval): void {
  check_arg("do_gettimeofday", "tv", tv, timeval);
  const ns = now_ns();
  tv.tv_sec = Math.floor(ns / 1e9);
  tv.tv_usec = Math.floor((ns % 1e9) / 1000);
}
/** The time in whole seconds. Any context. Linux kernel/timer.c: get_seconds. */
export function get_seconds(): number {
  return Math.floor(now_ns() / 1e9);
}
