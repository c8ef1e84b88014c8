/** Waiting. */

export { msleep, msleep_interruptible, ssleep } from "../../kernel/schedule-timeout.ts";
export { mdelay, ndelay, udelay } from "../../lib/delay.ts";
