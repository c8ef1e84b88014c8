/** The debug adapter as a program: `debug-adapter.mjs [--port N]`. Without a port it speaks on standard input and output. */
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type ServeOptions, servePort, serveStdio } from "./serve.ts";

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}"`);
  return Number(text);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "silence-ms": { type: "string" },
      "heap-mb": { type: "string" },
      "kernel-uris": { type: "boolean" },
    },
  });
  const options: { -readonly [K in keyof ServeOptions]: ServeOptions[K] } = {};
  const silenceMs = wholeNumber("silence-ms", values["silence-ms"]);
  const heapMb = wholeNumber("heap-mb", values["heap-mb"]);
  if (silenceMs !== undefined) options.silenceMs = silenceMs;
  if (heapMb !== undefined) options.heapMb = heapMb;
  if (values["kernel-uris"]) options.kernelUris = true;
  const port = wholeNumber("port", values.port);
  if (port === undefined) {
    await serveStdio(options);
    process.exit(0);
  }
  const server = await servePort(port, options);
  console.error(`netdev-lab: debug adapter listens on 127.0.0.1:${(server.address() as AddressInfo).port}`);
}

main().catch((error: unknown) => {
  console.error(`netdev-lab: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
});
