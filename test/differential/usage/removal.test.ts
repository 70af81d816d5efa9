/**
 * What is called unused can go: real bundles run in Node behave the same after the imports that nothing uses are taken out
 * and the shared libraries have lost the exports that no code takes. `REMOVAL_PROGRAMS` asks for a longer run, and
 * `REMOVAL_SEED` for another start.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import webpack from "webpack";
import { removeUnused } from "../../fixture/removeUnused.ts";
import { removalProgram } from "./removalProgram.ts";
import { writeProgram } from "./webpackUsage.ts";

const FIRST = Number(process.env.REMOVAL_SEED ?? 1);
const COUNT = Number(process.env.REMOVAL_PROGRAMS ?? 20);
const BATCH = 10;

/** What the real bundle of a folder prints. */
async function behaviour(folder: string): Promise<string> {
  const compiler = webpack({
    mode: "production",
    target: "node",
    context: folder,
    entry: "./src/index.js",
    optimization: { minimize: false },
    output: { path: path.join(folder, "dist"), clean: true },
    plugins: [new webpack.container.ModuleFederationPlugin({ name: "app", shared: ["kit", "lib", "loud", "old"] })],
  });
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  expect(stats?.compilation.errors.map(({ message }) => message)).toEqual([]);
  const run = spawnSync(process.execPath, [path.join(folder, "dist/main.js")], { encoding: "utf8" });
  return `${run.status}\n${run.stdout}\n${run.stderr}`;
}

describe("a bundle behaves the same without what is called unused", () => {
  const batches = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, index) => FIRST + index * BATCH);
  test.each(batches)(
    "programs from seed %i",
    async (first) => {
      const removed = { imports: 0, exports: 0 };
      for (let seed = first; seed < first + BATCH; seed++) {
        const folder = writeProgram(removalProgram(seed));
        try {
          const before = await behaviour(folder);
          expect(before, String(seed)).toMatch(/^0\n/);
          const { imports, exports } = removeUnused(folder);
          removed.imports += imports;
          removed.exports += exports;
          expect(await behaviour(folder), String(seed)).toBe(before);
        } finally {
          fs.rmSync(folder, { recursive: true });
        }
      }
      expect(removed.imports).toBeGreaterThan(0);
      expect(removed.exports).toBeGreaterThan(0);
    },
    120_000,
  );
});
