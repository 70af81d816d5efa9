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

/** A range as rows have it. Rspack's identifier has `*` for every kind of none; webpack prints `=x` for a text it cannot read. */
function rangeRow(value: unknown, bundler: Bundler): string {
  const text = range(typeof value === "string" ? value.replace(/^[=^](?=[a-z])/, "") : value);
  return bundler === "rspack" && (text === "none" || text === "false") ? "*" : text;
}

/** A relative resource as it is written or found is one; Rspack prints version 0 for none. */
function provideRow(provide: Data, flag: readonly unknown[], bundler: Bundler): string {
  const { scope, key, version, resource } = provide;
  const place = String(resource ?? "none").replace(/^\.\//, "");
  return `provide ${[scope, key, version === false && bundler === "rspack" ? "0" : String(version), place, ...flag].join("|")}`;
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
        `consume ${[scope, key, rangeRow(consume.requiredRange, bundler), fallback ?? "none", flags(consume, bundler)].join("|")}`,
      );
    }
    for (const { scope, key, version, resource, eager } of build.provide) {
      const flag = bundler === "rspack" ? [] : [eager === true];
      rows.add(provideRow({ scope, key, version, resource }, flag, bundler));
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
        `consume ${[shareScope, shareKey, rangeRow(module.requiredVersion, bundler), module.fallback ?? "none", ownFlags(module, bundler)].join("|")}`,
      );
    if (module.type === "provide-shared") {
      const flag = bundler === "rspack" ? [] : [module.eager];
      rows.add(provideRow({ scope: shareScope, key: shareKey, version, resource }, flag, bundler));
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
