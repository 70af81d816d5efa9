/**
 * The graph of the demo workspace against what its real bundlers build: shared and provided modules, container entries,
 * and which file asks for which of them.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Container } from "../../server/src/graph/container.ts";
import { containerGraph, containers } from "../../server/src/graph/index.ts";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { type GraphDocument, graphDocument } from "../../server/src/ide/graphDocument.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import type { Bundler, ExpectedBuild } from "../golden/cases.ts";
import { expectedRows, graphRows } from "../golden/rows.ts";

const shop = path.resolve(import.meta.dirname, "../workspaces/shop");

interface BuiltModule {
  readonly type: string;
  readonly name: string;
  readonly identifier: string;
  /** Names of the chunks that hold it. */
  readonly chunks: readonly string[];
}

interface Built {
  readonly modules: readonly BuiltModule[];
  readonly imports: readonly { readonly file: string; readonly request: string; readonly kind: string }[];
}

interface BuiltByVite {
  readonly entry: string;
  readonly shareMap: string;
}

function build(app: string, bundler: string): unknown {
  const script = path.resolve(import.meta.dirname, "buildStats.mjs");
  const result = spawnSync(process.execPath, [script, path.join(shop, "apps", app), bundler], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    // Under a test runner the Vite plugin switches itself off, and tools build for NODE_ENV=test.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV|MODE|TEST)/.test(name)),
    ),
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

/** Whether an app's bundler can be found from the app. */
function isInstalled(app: string, ...packages: readonly string[]): boolean {
  const { resolve } = createRequire(path.join(shop, "apps", app, "package.json"));
  return packages.every((name) => {
    try {
      return resolve(name) !== "";
    } catch {
      return false;
    }
  });
}

const { db } = openWorkspace(createNodeHost(), [shop], defaultSettings);

function containerOf(name: string): Container {
  return containers(db).find((item) => item.name === name && item.exposes.length > 0)!;
}

function ours(name: string, type: string): readonly string[] {
  return [...containerGraph(db, containerOf(name).id).modules.values()]
    .filter((module) => module.type === type)
    .map((module) => module.id)
    .sort();
}

/** Rows of one container in the form that the reference builds are compared in. */
function ourRows(name: string, bundler: Bundler): readonly string[] {
  const document = graphDocument(db, shop);
  const own = (items: readonly object[]) => items.filter((item) => "container" in item && item.container === name);
  const part: GraphDocument = { ...document, modules: own(document.modules), connections: own(document.connections) };
  return graphRows(part, bundler);
}

function inShop(file: string): string {
  return path.relative(shop, file).split(path.sep).join("/");
}

/** `consume-shared-module|scope|key|range|strictVersion|fallback|singleton|eager`. */
function webpackConsume({ identifier }: BuiltModule): ExpectedBuild["consume"][number] {
  const [, scope = "", key = "", requiredRange = "", strict, fallback = "", singleton, eager] = identifier.split("|");
  return {
    scope,
    key,
    requiredRange,
    fallback: inShop(fallback),
    strictVersion: strict === "true",
    singleton: singleton === "true",
    eager: eager === "true",
  };
}

/** `consume shared module (scope) key@range (strict) (eager) (fallback: file)`. */
function rspackConsume({ identifier }: BuiltModule): ExpectedBuild["consume"][number] {
  const parts = /^consume shared module \((.*?)\) (.+?)@(\S*)(?: \(\w+\))* \(fallback: (.*)\)$/.exec(identifier);
  const [, scope = "", key = "", requiredRange = "", fallback = ""] = parts ?? [];
  return { scope, key, requiredRange, fallback: inShop(fallback), id: identifier };
}

/** `provide module (scope) key@version|file`, and ` = file` as Rspack has it. */
function provided({ identifier }: BuiltModule): ExpectedBuild["provide"][number] {
  const parts = /\((.*?)\) (.+?)@(.+?)(?:\|| = )(.*)$/.exec(identifier);
  const [, scope = "", key = "", version = "", resource = ""] = parts ?? [];
  return { scope, key, version, resource: inShop(resource) };
}

function builtRows({ modules, imports }: Built, bundler: Bundler): readonly string[] {
  const of = (type: string) => modules.filter((module) => module.type === type);
  const expected: ExpectedBuild = {
    consume: of("consume-shared").map(bundler === "webpack" ? webpackConsume : rspackConsume),
    provide: of("provide-shared").map(provided),
    container: of("container-entry").map(({ identifier, chunks }) => ({
      id: identifier,
      name: chunks[0]!,
      exposes: JSON.parse(identifier.slice(identifier.indexOf("[["))),
    })),
    imports: imports.map((item) => ({ ...item, file: inShop(item.file) })),
  };
  return expectedRows([expected], bundler);
}

function identifiers({ modules }: Built, type: string): readonly string[] {
  return modules.flatMap((module) => (module.type === type ? [module.identifier] : [])).sort();
}

/** What a name says is kept: a list that lacks a kind of row would compare less than it seems to. */
function expectEveryKind(rows: readonly string[]): void {
  expect(new Set(rows.map((row) => row.split(" ")[0]))).toEqual(
    new Set(["consume", "container", "imports", "provide"]),
  );
}

describe("the demo workspace (apps whose bundlers are not installed are skipped)", () => {
  it.skipIf(!isInstalled("shell", "webpack", "swc-loader"))("shell is as webpack builds it", () => {
    const built = build("shell", "webpack") as Built;
    const rows = builtRows(built, "webpack");
    expectEveryKind(rows);
    expect(ourRows("shell", "webpack")).toEqual(rows);
    const names = (type: string) => built.modules.flatMap((module) => (module.type === type ? [module.name] : []));
    expect(ours("shell", "consume-shared")).toEqual(names("consume-shared").sort());
    expect(ours("shell", "provide-shared")).toEqual(names("provide-shared").sort());
    expect(ours("shell", "remote")).toEqual(identifiers(built, "remote"));
  });

  it.skipIf(!isInstalled("catalog", "@rspack/core", "@module-federation/enhanced"))(
    "catalog is as Rspack builds it",
    () => {
      const built = build("catalog", "rspack") as Built;
      const rows = builtRows(built, "rspack");
      expectEveryKind(rows);
      expect(ourRows("catalog", "rspack")).toEqual(rows);
      expect(ours("catalog", "remote")).toEqual(identifiers(built, "remote"));
    },
  );

  it.skipIf(!isInstalled("account", "@rsbuild/core", "@module-federation/rsbuild-plugin"))(
    "account is as Rsbuild builds it",
    () => {
      const built = build("account", "rsbuild") as Built;
      const rows = builtRows(built, "rspack");
      expectEveryKind(rows);
      expect(ourRows("account", "rspack")).toEqual(rows);
      expect(ours("account", "remote")).toEqual(identifiers(built, "remote"));
    },
  );
});

describe.skipIf(!isInstalled("checkout", "vite", "@module-federation/vite"))(
  "checkout, which Vite builds (skipped where Vite is not installed)",
  () => {
    let built: BuiltByVite = { entry: "", shareMap: "" };
    const text = (pattern: RegExp, source: string) => [...source.matchAll(pattern)].map((match) => match[1]!);
    /** `key@version`. */
    const registered = () =>
      [...built.shareMap.matchAll(/^ {2}"(\S+)": \{\n\s+name: .*\n\s+version: "(.*)",$/gm)]
        .map(([, key, version]) => `${key}@${version}`)
        .sort();
    const provides = () => ours("checkout", "provide-shared").map((id) => / (\S+) = /.exec(id)![1]!);

    beforeAll(() => {
      built = build("checkout", "vite") as BuiltByVite;
    });

    it("has the exposes of the entry", () => {
      const exposes = text(/^ {2}"(\.\/[^"]+)": async/gm, built.entry);
      expect(exposes).toEqual(["./Basket"]);
      expect(containerOf("checkout").exposes.map(({ key }) => key)).toEqual(exposes);
    });

    it("has an entry that is an ES module, as remotes/esm-entry-as-script says", () => {
      expect(built.entry).toMatch(/^import .* from "/);
      expect(built.entry).toMatch(/^export \{$/m);
    });

    it("provides nothing that the build does not register", () => {
      expect(provides()).not.toEqual([]);
      expect(registered()).toEqual(expect.arrayContaining([...provides()]));
    });

    /**
     * The plugin registers every key of `shared`, imported or not, and covers `react/jsx-runtime` and
     * `react-dom/client` with the keys of their packages. The graph provides what is imported under a key itself, and
     * does not follow the scripts of `index.html`.
     */
    it.fails("provides everything that the build registers", () => {
      expect(provides()).toEqual(registered());
    });
  },
);
