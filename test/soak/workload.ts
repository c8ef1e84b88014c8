/** Random workloads: processes on random CPUs that do to the devices of a driver, in any order, whatever user space may do. */
import type { Random } from "../../sim/machine/random.ts";

const IMPORTS = [
  "devices",
  "ifconfig",
  "insmod",
  "multicast",
  "nics",
  "ping",
  "resume",
  "rmmod",
  "send",
  "sleepNs",
  "spawn",
  "stats",
  "suspend",
  "sysfs",
  "wait",
  "wires",
];

/** @param card the driver drives a card and is ready for whatever happens to it */
export function randomWorkload(random: Random, card: boolean): string {
  const phases = Array.from({ length: 1 + random.below(3) }, () => phase(random, card));
  return `import { ${IMPORTS.join(", ")} } from "lab/workload";

const mtuOf = (dev: string): string => \`/sys/class/net/\${dev}/mtu\`;

export default function soak(): void {
  if (insmod() !== 0) return;
  const names = devices();
  const held = names.map((dev) => sysfs(mtuOf(dev)));
${phases.join("")}  rmmod();
  for (const file of held) file.close();
}
`;
}

/** Some processes beside each other, and then what only works while they are quiet. */
function phase(random: Random, card: boolean): string {
  const processes = Array.from({ length: 1 + random.below(3) }, (_, i) => process(random, i));
  const after = card && random.below(4) === 0 ? quiet(random) : "";
  return `  for (const dev of names) ifconfig(dev, "up");
  for (const process of names.flatMap((dev) => [
${processes.join("")}  ]))
    wait(process);
${after}`;
}

function process(random: Random, number: number): string {
  const operations = Array.from({ length: 2 + random.below(6) }, () => `        ${operation(random)}\n`);
  const cpu = random.below(2);
  return `    spawn("p${number}", () => {
      for (let i = 0; i < ${1 + random.below(4)}; i++) {
${operations.join("")}      }
    }, { cpu: ${cpu} }),
`;
}

function operation(random: Random): string {
  const n = (most: number): number => 1 + random.below(most);
  switch (random.below(14)) {
    case 0:
      return 'ifconfig(dev, "down");';
    case 1:
      return 'ifconfig(dev, "up");';
    case 2:
      return `ifconfig(dev, { mtu: ${68 + random.below(1433)} });`;
    case 3:
      return `ifconfig(dev, { promisc: ${random.below(2) === 1} });`;
    case 4:
      return `multicast(dev, "${random.below(3) === 0 ? "del" : "add"}", "01:00:5e:00:00:0${n(9)}");`;
    case 5:
      return `multicast(dev, "add", "33:33:00:00:00:0${n(9)}", { context: "softirq" });`;
    case 6:
      return "stats(dev);";
    case 7:
      return `ping(dev, { count: ${n(2)}, size: ${60 + n(900)} });`;
    case 8:
      return `for (const wire of wires) wire.inject({ count: ${n(12)}, size: ${60 + n(1400)} });`;
    case 9:
      return `for (const wire of wires) wire.carrier(${random.below(2) === 1});`;
    case 10:
      return `sleepNs(${n(400_000)});`;
    case 11:
      return "sysfs(mtuOf(dev)).read();";
    default:
      return `send(dev, { count: ${n(25)}, size: ${60 + n(1400)}, gapNs: ${random.below(2) * n(30_000)} });`;
  }
}

/** A card is left hanging, or the machine sleeps. */
function quiet(random: Random): string {
  if (random.below(2) === 0) return "  suspend();\n  resume();\n";
  return "  for (const nic of nics) nic.hang();\n  for (const dev of names) send(dev, { count: 40 });\n  sleepNs(10e9);\n";
}
