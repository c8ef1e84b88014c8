import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "sim/**/*.test.ts",
      "debug-adapter/**/*.test.ts",
      "host/**/*.test.ts",
      "cli/**/*.test.ts",
      "extension/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "test/workbench/**"],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 30_000,
  },
});
