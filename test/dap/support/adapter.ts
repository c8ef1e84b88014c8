/** Starts the adapter as users do: the bundles, in a process of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { adapterFiles } from "../../../scripts/build/bundles.mjs";
import { DapClient } from "./client.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "dist/dap-test");
const program = join(folder, "debug-adapter.mjs");

let built: Promise<unknown> | null = null;

/** Bundles the adapter as the project's build does; once a test process. */
export function buildAdapter(): Promise<unknown> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, contents] of await adapterFiles()) {
    // Test files run at the same time: whoever starts an adapter sees a whole file.
    const temporary = join(folder, `${name}.${process.pid}`);
    writeFileSync(temporary, contents);
    renameSync(temporary, join(folder, name));
  }
}

export interface Adapter {
  readonly client: DapClient;
  readonly process: ChildProcess;
  /** Waits for the end of the process; its exit code. */
  ended(): Promise<number | null>;
  /** Ends it, and fails if a message was against the protocol. */
  stop(): Promise<void>;
}

/** An adapter on standard input and output. */
export async function startAdapter(...options: string[]): Promise<Adapter> {
  await buildAdapter();
  const child = spawn(process.execPath, [program, ...options], { stdio: ["pipe", "pipe", "pipe"] });
  const stderr: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  child.stdin.on("error", () => {});
  const exit = once(child, "exit") as Promise<[number | null]>;
  const client = new DapClient(child.stdout, child.stdin);
  return {
    client,
    process: child,
    ended: async () => (await exit)[0],
    async stop() {
      if (child.exitCode === null) child.kill();
      await exit;
      expect(client.problems).toEqual([]);
      expect(stderr.join("")).toBe("");
    },
  };
}

export interface AdapterServer {
  connect(): Promise<DapClient>;
  stop(): Promise<void>;
}

/** An adapter that listens on a port of its own choice. */
export async function startServer(...options: string[]): Promise<AdapterServer> {
  await buildAdapter();
  const child = spawn(process.execPath, [program, "--port", "0", ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const port = await new Promise<number>((resolve) => {
    child.stderr.on("data", (chunk: Buffer) => {
      const match = /127\.0\.0\.1:(\d+)/.exec(chunk.toString());
      if (match) resolve(Number(match[1]));
    });
  });
  const clients: DapClient[] = [];
  return {
    async connect() {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.on("error", () => {});
      const client = DapClient.over(socket);
      clients.push(client);
      return client;
    },
    async stop() {
      const exit = once(child, "exit");
      child.kill();
      await exit;
      for (const client of clients) expect(client.problems).toEqual([]);
    },
  };
}
