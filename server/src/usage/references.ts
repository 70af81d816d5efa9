/**
 * The exports that a request of a module references, given what is used of that module itself: the answers of webpack's
 * dependencies to `getReferencedExports`, and whether their connections are active.
 */
import type { ExportedRequire, Reexport, RequestUse } from "../syntax/uses/facts.ts";
import type { BuildModules, Demanding } from "./buildModules.ts";

/** A path of members; empty for the whole module. */
export type Reference = readonly string[];

/** What is used of a module. */
export interface ModuleDemand {
  /** All exports, in ways that are not known. */
  readonly all: boolean;
  /** By joined path; a path goes below an export only where that is another module's namespace. */
  readonly paths: ReadonlyMap<string, Reference>;
  /** First members of the paths. */
  readonly names: ReadonlySet<string>;
}

/** References to one module. */
export interface Referral {
  readonly to: string;
  readonly references: readonly Reference[];
}

const WHOLE: readonly Reference[] = [[]];

/** What a request references; nothing when the bundler skips it. */
export function referralsOf(
  modules: BuildModules,
  id: string,
  demand: ModuleDemand,
  demanding: Demanding,
): readonly Referral[] {
  const { connection, uses, reexports, exportedRequires } = demanding;
  const to = connection.to;
  if (to === undefined || modules.module(to) === undefined) return [];
  const found: Referral[] = [];
  if (isEvaluated(modules, to, demand, demanding)) found.push({ to, references: [] });
  for (const use of uses) {
    if (!isUsed(demand, use.usedBy)) continue;
    found.push(
      use.kind === "import" || use.kind === "classic jsx"
        ? importReferral(modules, id, to, use)
        : { to, references: otherReferences(modules, id, to, use) },
    );
  }
  for (const reexport of reexports) found.push(...reexportReferrals(modules, id, to, demand, reexport));
  for (const required of exportedRequires) found.push(...requiredReferrals(modules, to, demand, required));
  return found;
}

function isUsed(demand: ModuleDemand, usedBy: readonly string[] | true): boolean {
  return usedBy === true || (demand.all && usedBy.length > 0) || usedBy.some((name) => demand.names.has(name));
}

/** Imports of what has no effects are skipped, all other requests run. */
function isEvaluated(
  modules: BuildModules,
  to: string,
  demand: ModuleDemand,
  { connection, uses, exportedRequires }: Demanding,
): boolean {
  const { dependencyType } = connection;
  if (dependencyType === "esm import" || dependencyType === "esm export") return !modules.isSkipped(to);
  if (dependencyType !== "cjs require") return true;
  // A bare `require` runs a module for its effects alone; one whose value is exported is as active as that export.
  if (uses.length > 0) return uses.some(({ usedBy }) => isUsed(demand, usedBy));
  return exportedRequires.length === 0 ? !modules.isSkipped(to) : false;
}

/** Follows re-exports of modules that the bundler skips. */
function retarget(
  modules: BuildModules,
  to: string,
  path: Reference,
): { readonly to: string; readonly path: Reference } {
  let current = { to, path };
  const seen = new Set<string>();
  while (current.path.length > 0 && !seen.has(current.to) && modules.module(current.to)?.type === "normal") {
    seen.add(current.to);
    if (!modules.isSkipped(current.to)) break;
    const next = modules.exports.next(current.to, current.path[0]!);
    if (next === undefined) break;
    current = { to: next.module, path: [...next.path, ...current.path.slice(1)] };
  }
  return current;
}

function importReferral(modules: BuildModules, id: string, asked: string, use: RequestUse): Referral {
  const { to, path } = retarget(modules, asked, use.path);
  const type = modules.exports.typeOf(to, modules.isStrict(id));
  const below = (ids: Reference | undefined): readonly Reference[] =>
    use.taken === undefined ? [ids ?? []] : use.taken.map((taken) => [...(ids ?? []), ...taken]);
  if (path.length === 0) return { to, references: below(undefined) };
  let ids = path;
  let asContext = false;
  if (ids[0] === "default" && type !== "namespace") {
    if (type === "dynamic") return { to, references: WHOLE };
    if (ids.length === 1) return { to, references: below(undefined) };
    ids = ids.slice(1);
    asContext = true;
  }
  if (use.called && !use.direct && (asContext || ids.length > 1)) {
    if (ids.length === 1) return { to, references: WHOLE };
    ids = ids.slice(0, -1);
  }
  return { to, references: below(ids) };
}

function otherReferences(
  modules: BuildModules,
  id: string,
  to: string,
  { kind, path, called }: RequestUse,
): readonly Reference[] {
  if (kind === "import()") {
    const type = path[0] === "default" ? modules.exports.typeOf(to, modules.isStrict(id)) : undefined;
    return type === "default-only" || type === "default-with-named" ? WHOLE : [path];
  }
  const type = modules.exports.typeOf(to, false);
  if (kind === "full require") return [called && type !== "namespace" ? path.slice(0, -1) : path];
  return [modules.module(to)?.type === "normal" ? providedPrefix(modules, to, path) : path];
}

/** A member of what the module does not provide is a member of the exports object itself. */
function providedPrefix(modules: BuildModules, to: string, path: Reference): Reference {
  const [name] = path;
  return name !== undefined && modules.exports.provides(to, name) === false ? [] : path;
}

function reexportReferrals(
  modules: BuildModules,
  id: string,
  asked: string,
  demand: ModuleDemand,
  { imported, exported }: Reexport,
): readonly Referral[] {
  if (exported === undefined) return starReferrals(modules, id, asked, demand);
  const wanted = pathsBelow(demand, exported);
  if (wanted === undefined) return [];
  const { to, path } = imported === undefined ? { to: asked, path: [] } : retarget(modules, asked, [imported]);
  const type = modules.exports.typeOf(to, modules.isStrict(id));
  const isDefault = path[0] === "default" && type !== "namespace";
  if (isDefault && type === "dynamic") return [{ to, references: WHOLE }];
  if (path.length > 0 && !isDefault && type === "default-only") return [{ to, references: [] }];
  if (path.length === 0 && !knowsExports(modules, to)) return [{ to, references: WHOLE }];
  const prefix = isDefault ? [] : path;
  const fake = path.length === 0 && (type === "default-only" || type === "default-with-named");
  const references = wanted.map((rest) => [...prefix, ...(fake && rest[0] === "default" ? rest.slice(1) : rest)]);
  return [{ to, references }];
}

/** Of what is shared, and of CommonJS that gives its exports in other ways, webpack tracks no single exports. */
function knowsExports(modules: BuildModules, id: string): boolean {
  return modules.factsOf(id)?.type !== undefined;
}

/** Of `name` and what is below it; `undefined` when it is not used. */
function pathsBelow(demand: ModuleDemand, name: string): readonly Reference[] | undefined {
  if (demand.all) return WHOLE;
  if (!demand.names.has(name)) return undefined;
  return [...demand.paths.values()].filter((path) => path[0] === name).map((path) => path.slice(1));
}

function starReferrals(modules: BuildModules, id: string, to: string, demand: ModuleDemand): readonly Referral[] {
  const own = modules.factsOf(id);
  const { names, complete } = modules.exports.exportsOf(to);
  const hidden = new Set([...(own?.names ?? []), ...modules.exports.exportsOf(id).conflicts, "default"]);
  if (demand.all) {
    if (!complete) return [{ to, references: WHOLE }];
    const taken = [...names].filter((name) => !hidden.has(name));
    return taken.length === 0 ? [] : [{ to, references: taken.map((name) => [name]) }];
  }
  const references = [...demand.paths.values()].filter(([name]) => {
    if (name === undefined || hidden.has(name) || modules.exports.provides(to, name) === false) return false;
    return modules.exports.next(id, name)?.module === to || modules.exports.next(id, name) === undefined;
  });
  return references.length === 0 ? [] : [{ to, references }];
}

function requiredReferrals(
  modules: BuildModules,
  to: string,
  demand: ModuleDemand,
  required: ExportedRequire,
): readonly Referral[] {
  const { exported, path, resultUsed, getter } = required;
  const full = [{ to, references: [path] }];
  if (resultUsed) return full;
  const [name] = exported;
  if (name === undefined) {
    if (demand.all) return full;
    return [{ to, references: [...demand.paths.values()].map((wanted) => [...path, ...wanted]) }];
  }
  const wanted = pathsBelow(demand, name);
  if (wanted === undefined) return getter || modules.isSkipped(to) ? [] : [{ to, references: [] }];
  if (wanted.some((rest) => rest.length === 0) || exported.length > 1 || !knowsExports(modules, to)) return full;
  return [{ to, references: wanted.map((rest) => [...path, ...rest]) }];
}
