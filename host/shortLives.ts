/** Tunes the memory of a process that makes run after run. */
import { setFlagsFromString } from "node:v8";

/**
 * The objects of a run die with it. V8 takes kinds of objects that outlived a collection for long-lived ones, and puts all
 * later ones among the old, where they keep young ones from being freed. To be called when the program has been read:
 * V8 takes no stored code that was compiled under other settings.
 */
export function expectShortLives(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
}
