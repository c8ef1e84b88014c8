// Debian packages that a test needs, installed when they are missing and we may.
import { execFileSync } from "node:child_process";

/** Installs `packages` with apt-get; throws with what `purpose` needs if that does not work. */
export function installDebian(packages, purpose, say = console.log) {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  say(`${purpose} needs Debian's ${packages.join(", ")}: installing (apt-get) …`);
  const apt = (...args) => {
    const [file, ...rest] = [...sudo, "apt-get", ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync(file, rest, { stdio: ["ignore", "ignore", "inherit"], env });
  };
  try {
    apt("update", "-qq");
    apt("install", "-y", "-qq", "--no-install-recommends", ...packages);
  } catch {
    throw new Error(`${purpose} needs ${packages.join(", ")}: install them.`);
  }
}
