/** The facts of the runtime preview, against the runtime that webpack really generates for the same app. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import webpack from "webpack";
import { containers } from "../../server/src/graph/index.ts";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { runtimePreview } from "../../server/src/ide/runtimePreview.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { type RuntimeData, runtimeData } from "../../server/src/report/runtimeData.ts";

interface App {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly shared: object;
  readonly exposes?: Readonly<Record<string, string>>;
}

const PACKAGES = {
  "node_modules/kit/package.json": '{ "name": "kit", "version": "2.3.4", "main": "index.js" }',
  "node_modules/kit/index.js": "export const a = 1; export const b = 2;",
  "node_modules/lib/package.json": '{ "name": "lib", "version": "1.0.1", "main": "index.js" }',
  "node_modules/lib/index.js": "exports.x = require('kit').a;",
  "package.json": '{ "name": "app", "version": "1.0.0", "dependencies": { "kit": "^2.0.0", "lib": "~1.0.0" } }',
};

const APPS: readonly App[] = [
  {
    title: "an asynchronous start",
    files: {
      "src/index.js": "import('./bootstrap');",
      "src/bootstrap.js": "import { a } from 'kit'; import { x } from 'lib'; console.log(a, x);",
    },
    shared: { kit: {}, lib: { singleton: true } },
  },
  {
    title: "exposed modules and chunks that meet",
    files: {
      "src/index.js": "import('./one'); import('./two');",
      "src/one.js": "import { a } from 'kit'; console.log(a); import('./deep');",
      "src/two.js": "import { x } from 'lib'; import { b } from 'kit'; console.log(x, b); import('./deep');",
      "src/deep.js": "import { a } from 'kit'; import { x } from 'lib'; console.log(a, x);",
      "src/Widget.js": "import { x } from 'lib'; export default () => x;",
    },
    shared: { kit: { requiredVersion: "^2.1.0", strictVersion: false }, lib: { singleton: true, strictVersion: true } },
    exposes: { "./Widget": "./src/Widget.js" },
  },
  {
    title: "eager modules and other scopes",
    files: {
      "src/index.js": "import { a } from 'kit'; console.log(a); import('lib').then(({ x }) => console.log(x));",
    },
    shared: { kit: { eager: true, singleton: true }, lib: { shareScope: "other", requiredVersion: false } },
  },
  {
    title: "no fallback, and a key of another name",
    files: {
      "src/index.js": "import('./bootstrap');",
      "src/bootstrap.js": "import { a } from 'kit'; import { x } from 'lib'; console.log(a, x);",
    },
    shared: { kit: { import: false, requiredVersion: "^2.0.0" }, lib: { shareKey: "library", version: "1.9.0" } },
  },
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

function write(app: App): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-runtime-"));
  folders.push(folder);
  const { shared, exposes } = app;
  const plugin = { name: "app", filename: "remoteEntry.js", shared, ...(exposes === undefined ? {} : { exposes }) };
  const config = `const { ModuleFederationPlugin } = require("webpack").container;\nmodule.exports = { mode: "production", entry: "./src/index.js", plugins: [new ModuleFederationPlugin(${JSON.stringify(plugin)})] };\n`;
  for (const [file, text] of Object.entries({ ...PACKAGES, ...app.files, "webpack.config.js": config })) {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  return folder;
}

/** Texts of the files that webpack emits, one runtime each. */
async function build(app: App, folder: string): Promise<string> {
  const { shared, exposes } = app;
  const compiler = webpack({
    mode: "production",
    context: folder,
    entry: "./src/index.js",
    output: { path: path.join(folder, "dist"), publicPath: "" },
    optimization: { minimize: false, moduleIds: "named", chunkIds: "named", splitChunks: false },
    plugins: [
      new webpack.container.ModuleFederationPlugin({
        name: "app",
        filename: "remoteEntry.js",
        shared: shared as Record<string, object>,
        ...(exposes === undefined ? {} : { exposes: { ...exposes } }),
      }),
    ],
  });
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  expect(stats?.compilation.errors.map(({ message }) => message)).toEqual([]);
  return ["main.js", "remoteEntry.js"]
    .map((file) => path.join(folder, "dist", file))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, "utf8").replace(/^\/\*+\/\s?/gm, ""))
    .join("\n");
}

/** What the generated text says, in the words of the preview. */
function factsOf(text: string) {
  const all = (pattern: RegExp): readonly RegExpMatchArray[] => [...text.matchAll(pattern)];
  const registrations = all(/register\("([^"]+)", "([^"]+)", .*?(, 1)?\);$/gm).map(
    ([, name, version, eager]) => `${name}@${version}${eager === undefined ? "" : " eager"}`,
  );
  const consumes = all(/"(webpack\/sharing\/consume\/[^"]+)": \(\) => \((\w+)\("([^"]+)", "([^"]+)", (\w+)/g).map(
    ([, id, loader, scope, key, eager]) => `${id} ${loader} ${scope} ${key} ${eager}`,
  );
  const mapping: Record<string, readonly string[]> = {};
  for (const [, json] of all(/const chunkMapping = (\{[\s\S]*?\n\t*\});/g)) {
    for (const [name, ids] of Object.entries(JSON.parse(json!) as Record<string, string[]>)) {
      // Chunks of one module that differ in what is there already are told apart by a hash.
      const chunk = name.replace(/-_[0-9a-f]{5}$/, "");
      mapping[chunk] = [...new Set([...(mapping[chunk] ?? []), ...ids])].sort();
    }
  }
  const initial = all(/const initialConsumes = (\[.*?\]);/g).flatMap(([, json]) => JSON.parse(json!) as string[]);
  const exposes = all(/^\t"(\.[^"]*)": \(\) => \{$/gm).map(([, key]) => key!);
  return {
    registrations: [...new Set(registrations)].sort(),
    consumes: [...new Set(consumes)].sort(),
    mapping,
    initial: [...new Set(initial)].sort(),
    exposes: [...new Set(exposes)].sort(),
  };
}

function predicted(data: RuntimeData): ReturnType<typeof factsOf> {
  return {
    registrations: data.registrations
      .map(({ name, version, eager }) => `${name}@${version}${eager ? " eager" : ""}`)
      .sort(),
    consumes: data.consumes
      .map(({ id, loader, shareScope, shareKey, eager }) => `${id} ${loader} ${shareScope} ${shareKey} ${eager}`)
      .sort(),
    mapping: { ...data.chunkMapping },
    initial: [...data.initialConsumes].sort(),
    exposes: Object.keys(data.exposes).sort(),
  };
}

describe("the runtime that webpack generates", () => {
  test.each(APPS.map((app) => [app.title, app] as const))("%s", async (_title, app) => {
    const folder = write(app);
    const generated = factsOf(await build(app, folder));
    const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
    const [container] = containers(db);
    const data = runtimeData(db, container!.id)!;
    expect(predicted(data)).toEqual(generated);
    const text = runtimePreview(db, `${folder}/webpack.config.js`, 0);
    for (const { id } of data.consumes) expect(text).toContain(JSON.stringify(id));
    for (const { name } of data.registrations) expect(text).toContain(`${JSON.stringify(name)}: {`);
  });

  test("of an import: its own consume alone", () => {
    const app = APPS[0]!;
    const folder = write(app);
    const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
    const file = `${folder}/src/bootstrap.js`;
    const text = runtimePreview(db, file, app.files["src/bootstrap.js"]!.indexOf("'kit'") + 1);
    expect(text).toContain("webpack/sharing/consume/default/kit/kit");
    expect(text).not.toContain("default/lib/lib");
    expect(text).toContain("src_bootstrap_js");
  });

  test("of a file outside of every build", () => {
    const folder = write(APPS[0]!);
    const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
    expect(runtimePreview(db, `${folder}/package.json`, 0)).toContain("part of no container");
  });
});
