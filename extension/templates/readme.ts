import type { Template } from "./templates.ts";

/** README of a new driver model. */
export function readmeText(name: string, { files }: Template): string {
  const parts = files.length === 1 ? "" : "| the other `.ts` files | its parts |\n";
  return `# ${name}

A driver model for Netdev Lab: a Linux network driver in TypeScript, on simulated CPUs.

1. Open this folder in VS Code and \`${name}.ts\` in the editor.
2. Click beside a line of a callback (transmit, interrupt, poll) to set a breakpoint.
3. Press F5. The Call Stack shows each virtual CPU, the Variables its context and held locks.
4. What breaks a rule of the kernel appears in the Problems panel.

In \`.vscode/launch.json\` you choose the workload (what simulated user space does), the number of CPUs and the seed:
the same seed gives the same run, always.

| file | is |
|---|---|
| \`${name}.ts\` | the driver |
${parts}| \`tsconfig.json\` | lets the editor find \`linux/…\`, \`asm/…\` and \`lab/…\` |
| \`.netdev-lab/\` | those types; the extension keeps them up to date |
`;
}
