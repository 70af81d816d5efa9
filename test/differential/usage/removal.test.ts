/**
 * What is called unused can go: real bundles run in Node behave the same after the imports that nothing uses are taken out
 * and the shared libraries have lost the exports that no code takes. Programs log what they take of each library.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import webpack from "webpack";
import { removeUnused } from "../../fixture/removeUnused.ts";
import { Random } from "./random.ts";
import { writeProgram } from "./webpackUsage.ts";

const NAMES = ["alpha", "beta", "gamma", "delta", "epsilon"];

/** A program whose modules log what they take; every import is of one of two libraries. */
function program(seed: number) {
  const random = new Random(seed);
  const library = (name: string) =>
    `globalThis.log = [...(globalThis.log ?? []), "${name}"];\n${NAMES.map((item) => `export const ${item} = { id: "${name}.${item}", of() { return "${item}"; } };`).join("\n")}\n`;
  const files: Record<string, string> = {
    "package.json": '{ "name": "app", "version": "1.0.0", "dependencies": { "kit": "^1.0.0", "lib": "^1.0.0" } }',
  };
  for (const name of ["kit", "lib"]) {
    files[`node_modules/${name}/package.json`] =
      `{ "name": "${name}", "version": "1.0.0", "main": "index.js", "sideEffects": false }`;
    files[`node_modules/${name}/index.js`] = library(name).replace(/^globalThis.*\n/, "");
  }
  const modules = 2 + random.below(3);
  const calls: string[] = [];
  for (let index = 0; index < modules; index++) {
    const lines: string[] = [];
    const taken = random.some(NAMES, 1 + random.below(3));
    const idle = random.some(
      NAMES.filter((name) => !taken.includes(name)),
      random.below(3),
    );
    const from = random.pick(["kit", "lib"]);
    lines.push(`import { ${[...taken, ...idle].join(", ")} } from "${from}";`);
    const use = taken.map((name, at) => (at % 2 === 0 ? `${name}.id` : `${name}.of()`));
    lines.push(`export function run() { console.log(${use.join(", ")}); }`);
    if (random.chance(0.5)) lines.push(`export function never() { console.log(${random.pick(taken)}.id); }`);
    if (random.chance(0.5))
      lines.push(
        `const { ${random.pick(NAMES)}: other } = await import("${random.pick(["kit", "lib"])}");\nconsole.log(other.id);`,
      );
    files[`src/m${index}.js`] = `${lines.join("\n")}\n`;
    calls.push(`import { run as run${index} } from "./m${index}.js";`);
  }
  files["src/main.js"] = `${calls.join("\n")}\n${calls.map((_, index) => `run${index}();`).join("\n")}\n`;
  files["src/index.js"] = 'import("./main.js");\n';
  return { seed, files, entry: "./src/index.js", shared: ["kit", "lib"], exposes: {} };
}

/** What the real bundle of a folder prints. */
async function behaviour(folder: string): Promise<string> {
  const compiler = webpack({
    mode: "production",
    target: "node",
    context: folder,
    entry: "./src/index.js",
    output: { path: path.join(folder, "dist"), clean: true },
    plugins: [new webpack.container.ModuleFederationPlugin({ name: "app", shared: ["kit", "lib"] })],
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
  test.each(Array.from({ length: 16 }, (_, index) => index + 1))("program %i", async (seed) => {
    const folder = writeProgram(program(seed));
    try {
      const before = await behaviour(folder);
      expect(before).toMatch(/^0\n\S/);
      const { imports, exports } = removeUnused(folder);
      expect(imports + exports).toBeGreaterThan(0);
      expect(await behaviour(folder)).toBe(before);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
