// Emacs with dap-mode, on demand.
import { existsSync } from "node:fs";
import { installDebian } from "../../scripts/debian.mjs";
import { onPath } from "../../scripts/prepare.mjs";

const DAP_MODE = "/usr/share/emacs/site-lisp/elpa-src";

/** Makes sure that `emacs` and its dap-mode are on this machine. */
export function requireEmacs() {
  if (onPath("emacs") && existsSync(DAP_MODE)) return;
  installDebian(["emacs-nox", "elpa-dap-mode"], "The test with a second debug client");
}
