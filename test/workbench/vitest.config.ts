import { defineConfig } from "vitest/config";

/** Each file is one session with a real editor; the first step that fails ends it. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.workbench.ts"],
    testTimeout: 90_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    bail: 1,
    expect: { poll: { timeout: 30_000 } },
  },
});
