/** A second thread that reads files finds out what the first would have, and nobody waits for it in vain. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RELEVANCE, relevance } from "../../server/src/bundlers/relevance.ts";
import { ReadAhead } from "../../server/src/host/readAhead/readAhead.ts";
import { RowReader, RowWriter } from "../../server/src/host/readAhead/rows.ts";
import { OUTLINE, outlineOf } from "../../server/src/syntax/outline.ts";
import { scanModule } from "../../server/src/syntax/scanModule.ts";
import { normalizePath } from "../../server/src/vfs/path.ts";

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const TEXTS: Readonly<Record<string, string>> = {
  "a.tsx":
    'import { a, b } from "./b";\nimport "./effects";\nimport type { T } from "lib";\nexport const x = <p>{a}</p>;\n',
  "b.ts": 'export { a } from "./c";\nexport const b = () => import("lazy");\n',
  "twice.ts": 'import { used } from "lib";\nimport { unused } from "lib";\nused();\n',
  "empty.js": "",
  "pragma.jsx": "/** @jsxRuntime classic */\nexport const y = <p />;\n",
  "source.jsx": "/** @jsxImportSource preact */\nexport const y = <p />;\n",
  "common.js": 'module.exports = require("lib");\n',
  "webpack.config.js":
    'const { ModuleFederationPlugin } = require("webpack").container;\nnew ModuleFederationPlugin({});\n',
  "boot.ts": 'import { init } from "@module-federation/enhanced/runtime";\ninit({ name: "a", remotes: [] });\n',
};

const folder = normalizePath(fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-ahead-"))));
const root = `${folder}/workspace`;
const worker = path.join(folder, "readAhead.js");

/** What is found out without a second thread; `undefined` where only a syntax tree can tell. */
function foundHere(text: string) {
  const extracted = scanModule(text);
  if (extracted === undefined || extracted.facts.jsxImportSource !== undefined) return undefined;
  return { relevance: relevance(text), outline: outlineOf(extracted) };
}

beforeAll(async () => {
  fs.mkdirSync(root);
  for (const [name, text] of Object.entries(TEXTS)) fs.writeFileSync(path.join(root, name), text);
  await build({
    entryPoints: [path.join(project, "server/src/host/readAhead/worker.ts")],
    outfile: worker,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
  });
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("rows", () => {
  it("hold all that is known of files, and requests once", () => {
    const writer = new RowWriter();
    const reader = new RowReader();
    const texts = Object.values(TEXTS);
    const sent = [texts.slice(0, 3), texts.slice(3)].map((some, part) => {
      for (const [index, text] of some.entries()) writer.add(part * 3 + index, foundHere(text));
      return structuredClone(writer.take());
    });
    const read = new Map(sent.flatMap((rows) => [...reader.read(rows)]));
    expect([...read.keys()]).toEqual(texts.map((_text, index) => index));
    for (const [index, text] of texts.entries()) expect(read.get(index)).toEqual(foundHere(text));
    const specifiers = sent.flatMap(({ requests }) => requests.map(({ kind, specifier }) => `${kind} ${specifier}`));
    expect(specifiers.filter((item) => item === "esm import ./b")).toHaveLength(1);
  });
});

type Taken = ReadonlyMap<string, unknown> | undefined;

/** What a thread has found out of all files when it was given some time. */
async function takenAfter(milliseconds: number): Promise<ReadonlyMap<string, Taken>> {
  const ahead = new ReadAhead(worker, root);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const taken = new Map(Object.keys(TEXTS).map((name) => [name, ahead.take(`${root}/${name}`)]));
  for (const name of [...Object.keys(TEXTS), "other.ts"]) expect(ahead.take(`${root}/${name}`), name).toBeUndefined();
  ahead.stop();
  return taken;
}

describe("a second thread", () => {
  it("finds what the first would have found, gives it once, and leaves the rest", { timeout: 60_000 }, async () => {
    const expected = new Map(Object.entries(TEXTS).map(([name, text]) => [name, foundHere(text)]));
    const known = [...expected.values()].filter((found) => found !== undefined).length;
    let most = 0;
    // How long a thread takes to start is not for a test to say.
    for (const time of [200, 1000, 4000, 16_000]) {
      const taken = await takenAfter(time);
      for (const [name, found] of taken) {
        if (found === undefined) continue;
        expect(found.get(OUTLINE), name).toEqual(expected.get(name)?.outline);
        expect(found.get(RELEVANCE), name).toBe(expected.get(name)?.relevance);
      }
      most = Math.max(most, [...taken.values()].filter((found) => found !== undefined).length);
      if (most === known) break;
    }
    expect(most).toBe(known);
  });

  it("is not waited for where it has failed", async () => {
    const failing = path.join(folder, "failing.js");
    fs.writeFileSync(failing, 'throw new Error("no");\n');
    const ahead = new ReadAhead(failing, root);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ahead.take(`${root}/a.tsx`)).toBeUndefined();
    ahead.stop();
  });

  it("is given up where it has begun with a file and does not come to an end", async () => {
    const stuck = path.join(folder, "stuck.js");
    fs.writeFileSync(
      stuck,
      `const { workerData: { task, port } } = require("node:worker_threads");
       const claims = new Int32Array(task.claims);
       claims[2] = 1;
       port.postMessage({ files: [${JSON.stringify(`${root}/a.tsx`)}] });
       Atomics.add(claims, 0, 1);\n`,
    );
    const ahead = new ReadAhead(stuck, root);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ahead.take(`${root}/a.tsx`)).toBeUndefined();
    expect(ahead.take(`${root}/a.tsx`)).toBeUndefined();
  }, 20_000);
});
