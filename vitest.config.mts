import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/workspaces/**", "test/e2e/**", "**/node_modules/**"],
    testTimeout: 60_000,
    // What a test checks it means to check, and nothing of it belongs into a person's folders.
    env: { FEDLENS_CACHE_DIR: path.join(os.tmpdir(), "fedlens-test-cache", String(process.pid)) },
  },
});
