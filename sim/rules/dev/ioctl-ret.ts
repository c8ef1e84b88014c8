import type { Rule } from "../rule.ts";

export const ioctlRet: Rule = {
  id: "ioctl-ret",
  family: "dev",
  title: "do_ioctl returns what no ioctl may",
  statement:
    "do_ioctl returns 0 or a negative errno, and -EOPNOTSUPP for each command that it does not know; what a command tells goes into the ifreq.",
  severity: "advice",
  condition: "do_ioctl returns a positive number, no whole number, or a negative one that is no errno",
  source: "Documentation/networking/netdevices.txt, dev->do_ioctl; net/core/dev.c: dev_ifsioc()",
  kernelMessage: null,
  wrong: "case SIOCDEVPRIVATE:\n  return p.packets; // user space takes it for success",
  right: "case SIOCDEVPRIVATE:\n  ifr.ifr_data = p.packets;\n  return 0;\ndefault:\n  return -EOPNOTSUPP;",
  fix: "Return 0 or -E…; give results through the ifreq.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "do_ioctl" || isAnswer(event.result)) return;
      ctx.report({
        message: `${event.name}() returns ${String(event.result)}, which is neither 0 nor a negative errno`,
        about: event.owner === null ? [] : [event.owner],
      });
    },
  }),
};

/** include/linux/err.h: IS_ERR_VALUE takes these for errors. */
const MAX_ERRNO = 4095;

function isAnswer(result: unknown): boolean {
  return typeof result === "number" && Number.isInteger(result) && result <= 0 && result >= -MAX_ERRNO;
}
