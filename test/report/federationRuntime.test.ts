/** The facts of the preview for the 2.x runtime, against what Rspack really generates with the plugin of enhanced. */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { type RspackPluginInstance, rspack } from "@rspack/core";
import { afterAll, describe, expect, test } from "vitest";
import { containers } from "../../server/src/graph/index.ts";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { runtimePreview } from "../../server/src/ide/runtimePreview.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { type RuntimeData, runtimeData } from "../../server/src/report/runtimeData.ts";
import { type RuntimeOptions, runtimeOptions } from "../../server/src/report/runtimeOptions.ts";

const { ModuleFederationPlugin } = createRequire(import.meta.url)("@module-federation/enhanced/rspack") as {
  readonly ModuleFederationPlugin: new (options: object) => RspackPluginInstance;
};

const PACKAGES = {
  "node_modules/kit/package.json": '{ "name": "kit", "version": "2.3.4", "main": "index.js" }',
  "node_modules/kit/index.js": "export const a = 1; export const b = 2;",
  "node_modules/lib/package.json": '{ "name": "lib", "version": "1.0.1", "main": "index.js" }',
  "node_modules/lib/index.js": "exports.x = 1;",
  "package.json": '{ "name": "app", "version": "1.0.0", "dependencies": { "kit": "^2.0.0", "lib": "~1.0.0" } }',
};

interface App {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options: object;
}

const APPS: readonly App[] = [
  {
    title: "an asynchronous start with remotes",
    files: {
      "src/index.js": "import('./bootstrap');",
      "src/bootstrap.js":
        "import { a } from 'kit'; import { x } from 'lib'; import Card from 'shop/Card'; console.log(a, x, Card); import('cart');",
    },
    options: {
      shareStrategy: "loaded-first",
      remotes: { shop: "store@http://localhost:1/remoteEntry.js", cart: "cart@http://localhost:2/mf-manifest.json" },
      shared: { kit: { singleton: true }, lib: { requiredVersion: "~1.0.0", strictVersion: true } },
    },
  },
  {
    title: "an eager module, an expose and a scope of its own",
    files: {
      "src/index.js": "import { a } from 'kit'; console.log(a); import('./later');",
      "src/later.js": "import { x } from 'lib'; console.log(x);",
      "src/Widget.js": "import { x } from 'lib'; export default () => x;",
    },
    options: {
      exposes: { "./Widget": "./src/Widget.js" },
      shared: {
        kit: { eager: true, singleton: true, strictVersion: false },
        lib: { shareScope: "other", requiredVersion: false },
      },
    },
  },
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

function write({ files, options }: App): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-federation-"));
  folders.push(folder);
  const plugin = JSON.stringify({ name: "app", filename: "remoteEntry.js", ...options });
  const config = `const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");\nmodule.exports = { mode: "production", entry: "./src/index.js", plugins: [new ModuleFederationPlugin(${plugin})] };\n`;
  for (const [file, text] of Object.entries({ ...PACKAGES, ...files, "rspack.config.js": config })) {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  return folder;
}

async function build({ options }: App, folder: string): Promise<string> {
  const plugin = { name: "app", filename: "remoteEntry.js", dts: false, manifest: false, ...options };
  const compiler = rspack({
    mode: "production",
    context: folder,
    entry: "./src/index.js",
    devtool: false,
    output: { path: path.join(folder, "dist"), publicPath: "" },
    optimization: { minimize: false, moduleIds: "named", chunkIds: "named", splitChunks: false },
    plugins: [new ModuleFederationPlugin(plugin)],
  });
  await new Promise<void>((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error || stats === undefined || stats.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
      else resolve();
    }),
  );
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  return ["main.js", "remoteEntry.js"]
    .map((file) => path.join(folder, "dist", file))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, "utf8"))
    .join("\n");
}

/** Modules of one request that differ in who asks are told apart by a query. */
const plain = (id: string): string => id.replace(/\?\w+$/, "");
const unique = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

function mappingOf(text: string, owner: string): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const [, json] of text.matchAll(new RegExp(`${owner} = \\{ chunkMapping: (\\{.*?\\}), moduleIdTo`, "g"))) {
    for (const [chunk, ids] of Object.entries(JSON.parse(json!) as Record<string, string[]>))
      found[chunk] = unique([...(found[chunk] ?? []), ...ids.map(plain)]);
  }
  return found;
}

/** What the generated text says. */
function generated(text: string) {
  const all = (pattern: RegExp): readonly RegExpMatchArray[] => [...text.matchAll(pattern)];
  const json = <T>(pattern: RegExp): readonly T[] => all(pattern).map(([, found]) => JSON.parse(found!) as T);
  return {
    name: json<string>(/const __module_federation_container_name__ = (".*?");/g)[0],
    shareStrategy: json<string>(/const __module_federation_share_strategy__ = (".*?");/g)[0],
    remotes: Object.values(json<object>(/const __module_federation_remote_infos__ = (\{.*?\});const/g)[0] ?? {}).flat(),
    registrations: unique(
      all(/\{ name: "([^"]+)", version: "([^"]+)", factory: .*?, eager: (\d), treeShakingMode: null(.*?) \}[,\]]/g).map(
        ([, name, version, eager, rest]) =>
          `${name}@${version} ${eager} ${/requiredVersion: ("[^"]*"|false)/.exec(rest!)?.[1]} ${rest!.includes("singleton: 1")} ${/strictVersion: (\d)/.exec(rest!)?.[1]}`,
      ),
    ),
    consumes: unique(
      all(
        /"(webpack\/sharing\/consume[^"]+)": \{ shareScope: "([^"]+)", shareKey: "([^"]+)", import: [^,]+, requiredVersion: ([^,]+), strictVersion: (\w+), singleton: (\w+), eager: (\w+)/g,
      ).map(([, id, ...rest]) => [plain(id!), ...rest].join(" ")),
    ),
    initial: unique(
      json<string[]>(/initialConsumes: (\[.*?\]) \}/g)
        .flat()
        .map(plain),
    ),
    consumeChunks: mappingOf(text, "consumesLoadingData"),
    remoteChunks: mappingOf(text, "remotesLoadingData"),
    requests: Object.assign({}, ...json<object>(/moduleIdToRemoteDataMapping: (\{.*?\}\}) \};/g)),
    exposes: unique(all(/^\s*"(\.[^"]*)": \(\) => \{$/gm).map(([, key]) => key!)),
  };
}

/** Rspack writes every version where none is asked for. */
function versionText(version: string | false | null | undefined): string | undefined {
  return version === undefined ? undefined : JSON.stringify(version === false ? "*" : version);
}

function predicted(data: RuntimeData, options: RuntimeOptions): ReturnType<typeof generated> {
  return {
    name: options.name,
    shareStrategy: options.shareStrategy,
    remotes: [...options.remotes],
    registrations: unique(
      data.registrations.map(
        ({ name, version, eager, requiredVersion, singleton, strictVersion }) =>
          `${name}@${version} ${eager ? 1 : 0} ${versionText(requiredVersion)} ${singleton} ${strictVersion === undefined ? undefined : Number(strictVersion)}`,
      ),
    ),
    consumes: unique(
      data.consumes.map(({ id, shareScope, shareKey, requiredVersion, strictVersion, singleton, eager }) =>
        [id, shareScope, shareKey, versionText(requiredVersion), strictVersion, singleton, eager].join(" "),
      ),
    ),
    initial: unique(data.initialConsumes),
    consumeChunks: { ...data.chunkMapping },
    remoteChunks: { ...options.chunkMapping },
    requests: { ...options.requests },
    exposes: unique(Object.keys(data.exposes)),
  };
}

describe("what the 2.x runtime is handed", () => {
  test.each(APPS.map((app) => [app.title, app] as const))("%s", async (_title, app) => {
    const folder = write(app);
    const expected = generated(await build(app, folder));
    expect(expected.consumes.length).toBeGreaterThan(0);
    const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
    const [container] = containers(db);
    const data = runtimeData(db, container!.id)!;
    const options = runtimeOptions(db, container!.id)!;
    expect(predicted(data, options)).toEqual(expected);
    const text = runtimePreview(db, `${folder}/rspack.config.js`, 0);
    for (const part of [
      "initOptions",
      "initialConsumes",
      "consumesLoadingModuleToHandlerMapping",
      "bundlerRuntimeOptions",
    ])
      expect(text).toContain(`__webpack_require__.federation.${part} = `);
    for (const { strictVersion } of data.registrations)
      if (strictVersion !== undefined) expect(text).toContain(`"strictVersion":${strictVersion}`);
    for (const id of [...data.consumes.map((consume) => consume.id), ...Object.keys(options.requests)])
      expect(text).toContain(JSON.stringify(id));
  });
});
