/** What a build is compared by: one line of text for each consume, provide, container and shared import. */
import semver from "semver";
import type { GraphDocument } from "../../server/src/ide/graphDocument.ts";
import type { Bundler, ExpectedBuild, ExpectedConsume } from "./cases.ts";

type Data = Readonly<Record<string, unknown>>;

function range(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (value === false || value === "false") return "false";
  try {
    return new semver.Range(String(value)).range || "*";
  } catch {
    return String(value);
  }
}

/** Rspack's statistics have a consume's flags only in its identifier, where a singleton is a second "(strict)". */
function flags(consume: ExpectedConsume, bundler: Bundler): string {
  if (bundler !== "rspack")
    return [consume.singleton, consume.strictVersion, consume.eager].map((flag) => flag === true).join("|");
  const strict = consume.id?.split(" (strict)").length ?? 1;
  return [strict - 1, (consume.id ?? "").includes(" (eager)")].join("|");
}

function ownFlags(module: Data, bundler: Bundler): string {
  if (bundler !== "rspack") return [module.singleton, module.strictVersion, module.eager].join("|");
  return [Number(module.singleton) + Number(module.strictVersion), module.eager].join("|");
}

/** Rspack's own range is printed in its identifier. */
function expectedRange(consume: ExpectedConsume): string {
  return range(consume.requiredRange);
}

function containerRow(name: string, exposes: readonly (readonly [string, readonly string[]])[]): string {
  return `container ${name} ${exposes
    .map(([key, requests]) => `${key}=${requests.join(",")}`)
    .sort()
    .join(" ")}`;
}

export function expectedRows(builds: readonly ExpectedBuild[], bundler: Bundler): readonly string[] {
  const rows = new Set<string>();
  for (const build of builds) {
    if (build.ok === false) continue;
    for (const consume of build.consume) {
      if (consume.included === false) continue;
      const { scope, key, fallback } = consume;
      rows.add(
        `consume ${[scope, key, expectedRange(consume), fallback ?? "none", flags(consume, bundler)].join("|")}`,
      );
    }
    for (const { scope, key, version, resource, eager } of build.provide) {
      const flag = bundler === "rspack" ? [] : [eager === true];
      rows.add(`provide ${[scope, key, String(version), resource ?? "none", ...flag].join("|")}`);
    }
    for (const { name, exposes, id } of build.container ?? []) {
      if (bundler === "rspack") rows.add(rspackContainer(id ?? ""));
      else
        rows.add(
          containerRow(
            name ?? "",
            (exposes ?? []).map(([key, item]) => [key, item.import]),
          ),
        );
    }
    for (const { file, request, kind, included } of build.imports ?? []) {
      if (kind === "module" || kind === "context" || included === false) continue;
      rows.add(`imports ${file}|${request}|${kind}`);
    }
  }
  return [...rows].sort();
}

/** `container entry (default) [["./Cart",{"name":null,"import":["./src/Cart.jsx"]}]]`: no name, but the exposes. */
function rspackContainer(id: string): string {
  const exposes = JSON.parse(id.slice(id.indexOf("[["))) as [string, { import: string[] }][];
  return containerRow(
    "",
    exposes.map(([key, item]) => [key, item.import]),
  );
}

export function graphRows(graph: GraphDocument, bundler: Bundler): readonly string[] {
  const rows = new Set<string>();
  const modules = graph.modules as readonly Data[];
  const types = new Map(modules.map((module) => [module.id, module.type]));
  for (const module of modules) {
    const { shareScope, shareKey, version, resource } = module;
    if (module.type === "consume-shared")
      rows.add(
        `consume ${[shareScope, shareKey, range(module.requiredVersion), module.fallback ?? "none", ownFlags(module, bundler)].join("|")}`,
      );
    if (module.type === "provide-shared") {
      const flag = bundler === "rspack" ? [] : [module.eager];
      rows.add(`provide ${[shareScope, shareKey, String(version), resource, ...flag].join("|")}`);
    }
    if (module.type === "container-entry")
      rows.add(
        containerRow(
          bundler === "rspack" ? "" : String(module.name),
          Object.entries(module.exposes as Record<string, string[]>),
        ),
      );
  }
  for (const { from, to, request } of graph.connections as readonly Data[]) {
    const kind = to === null ? "missing" : (types.get(to) ?? "normal");
    if (types.get(from) !== "normal" || kind === "normal" || kind === "provide-shared") continue;
    rows.add(`imports ${from}|${request}|${kind}`);
  }
  return [...rows].sort();
}
