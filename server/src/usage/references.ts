/**
 * The exports that a request of a module references, given what is used of that module itself: the answers of webpack's
 * dependencies to `getReferencedExports`, and whether their connections are active.
 */
import type { ExportedRequire, Reexport, RequestUse } from "../syntax/uses/facts.ts";
import { Asks, type ModuleNumber } from "./buildLayout.ts";
import type { BuildModules, Demanding } from "./buildModules.ts";
import type { Demands } from "./demands.ts";
import type { Terminal } from "./exportTable.ts";
import { numberOfName } from "./names.ts";
import type { Reference } from "./usesByRequest.ts";

/** References to one module. */
export interface Referral {
  readonly to: ModuleNumber;
  readonly references: readonly Reference[];
}

const WHOLE: readonly Reference[] = [[]];
const NONE: readonly Reference[] = [];
const NO_REFERRALS: readonly Referral[] = [];

/** What a request references; nothing when the bundler skips it. */
export function referralsOf(
  modules: BuildModules,
  id: ModuleNumber,
  demands: Demands,
  demanding: Demanding,
): readonly Referral[] {
  const { to, of } = demanding;
  const found: Referral[] = [];
  let plain: Reference[] | undefined = isEvaluated(modules, id, demands, demanding) ? [] : undefined;
  const keepsNames = modules.keepsNames(to);
  for (let index = 0; index < of.uses.length; index++) {
    const use = of.uses[index]!;
    if (!isUsed(demands, id, use.usedBy)) continue;
    const named = of.plain[index];
    if (named !== undefined && keepsNames) {
      plain ??= [];
      plain.push(named);
    } else if (use.kind === "import" || use.kind === "classic jsx") found.push(importReferral(modules, id, to, use));
    else found.push({ to, references: otherReferences(modules, id, to, use) });
  }
  if (plain !== undefined) found.push({ to, references: plain });
  for (const reexport of of.reexports) found.push(...reexportReferrals(modules, id, to, demands, reexport));
  for (const required of of.exportedRequires) found.push(...requiredReferrals(modules, id, to, demands, required));
  return found;
}

/**
 * The names that a request takes as the code writes them, as Rspack lists them of what is shared, without what a pattern
 * takes of them; `undefined` where it takes more than names of an import clause and their members.
 */
export function writtenNames(
  demands: Demands,
  id: ModuleNumber,
  { kind, of }: Demanding,
): readonly string[] | undefined {
  if ((kind & Asks.Esm) === 0) return undefined;
  const used = of.uses.filter(({ usedBy }) => isUsed(demands, id, usedBy));
  const handedOn = of.reexports.filter(
    ({ exported }) => exported === undefined || pathsBelow(demands, id, exported) !== undefined,
  );
  const names = [...used.map(({ path }) => path.join(".")), ...handedOn.map(({ imported = "" }) => imported)];
  return names.includes("") ? undefined : names;
}

/** Whether what hangs on exports of a module counts. */
function isUsed(demands: Demands, id: ModuleNumber, usedBy: readonly string[] | true): boolean {
  if (usedBy === true) return true;
  if (demands.isAll(id)) return usedBy.length > 0;
  return usedBy.some((name) => demands.has(id, numberOfName(name)));
}

/** Imports of what has no effects are skipped, all other requests run. */
function isEvaluated(
  modules: BuildModules,
  id: ModuleNumber,
  demands: Demands,
  { kind, to, of: { uses, exportedRequires } }: Demanding,
): boolean {
  if ((kind & Asks.Esm) !== 0) return !modules.isSkipped(to);
  if ((kind & Asks.Require) === 0) return true;
  // A bare `require` runs a module for its effects alone; one whose value is exported is as active as that export.
  if (uses.length > 0) return uses.some(({ usedBy }) => isUsed(demands, id, usedBy));
  return exportedRequires.length === 0 ? !modules.isSkipped(to) : false;
}

/** Follows re-exports of modules that the bundler skips. */
function retarget(modules: BuildModules, to: ModuleNumber, path: Reference): Terminal<ModuleNumber> {
  let current: Terminal<ModuleNumber> = { module: to, path };
  let seen: Set<ModuleNumber> | undefined;
  while (current.path.length > 0 && modules.isNormal(current.module) && modules.isSkipped(current.module)) {
    const next = modules.exports.next(current.module, current.path[0]!);
    if (next === undefined) break;
    seen ??= new Set();
    seen.add(current.module);
    current = { module: next.module, path: [...next.path, ...current.path.slice(1)] };
    if (seen.has(current.module)) break;
  }
  return current;
}

function importReferral(modules: BuildModules, id: ModuleNumber, asked: ModuleNumber, use: RequestUse): Referral {
  const { module: to, path } = retarget(modules, asked, use.path);
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
  id: ModuleNumber,
  to: ModuleNumber,
  { kind, path, called }: RequestUse,
): readonly Reference[] {
  if (kind === "import()") {
    const type = path[0] === "default" ? modules.exports.typeOf(to, modules.isStrict(id)) : undefined;
    return type === "default-only" || type === "default-with-named" ? WHOLE : [path];
  }
  const type = modules.exports.typeOf(to, false);
  if (kind === "full require") return [called && type !== "namespace" ? path.slice(0, -1) : path];
  const trims = modules.isNormal(to) && !modules.isRspack;
  return [trims ? providedPrefix(modules, to, path) : path];
}

/** A member of what the module does not provide is a member of the exports object itself. */
function providedPrefix(modules: BuildModules, to: ModuleNumber, path: Reference): Reference {
  const [name] = path;
  return name !== undefined && modules.exports.provides(to, name) === false ? [] : path;
}

function reexportReferrals(
  modules: BuildModules,
  id: ModuleNumber,
  asked: ModuleNumber,
  demands: Demands,
  { imported, exported }: Reexport,
): readonly Referral[] {
  if (exported === undefined) return starReferrals(modules, id, asked, demands);
  const wanted = pathsBelow(demands, id, exported);
  if (wanted === undefined) return [];
  const { module: to, path } =
    imported === undefined ? { module: asked, path: [] } : retarget(modules, asked, [imported]);
  const type = modules.exports.typeOf(to, modules.isStrict(id));
  const isDefault = path[0] === "default" && type !== "namespace";
  if (isDefault && type === "dynamic") return [{ to, references: WHOLE }];
  if (imported === undefined && modules.isRspack && madeNamespace(modules, id)) return [{ to, references: WHOLE }];
  if (path.length > 0 && !isDefault && type === "default-only") return [{ to, references: [] }];
  if (path.length === 0 && !knowsExports(modules, to)) return [{ to, references: WHOLE }];
  const prefix = isDefault ? [] : path;
  const fake = path.length === 0 && (type === "default-only" || type === "default-with-named");
  const references = wanted.map((rest) => [...prefix, ...(fake && rest[0] === "default" ? rest.slice(1) : rest)]);
  return [{ to, references }];
}

/**
 * Whether a module hands on a namespace that has to be made of a CommonJS module's exports: Rspack then tracks members of
 * none of the namespaces that the module hands on.
 */
function madeNamespace(modules: BuildModules, id: ModuleNumber): boolean {
  const strict = modules.isStrict(id);
  for (const { to, of } of modules.demandingOf(id)) {
    if (!of.reexports.some(isNamespace)) continue;
    const type = modules.exports.typeOf(to, strict);
    if (type === "default-only" || type === "default-with-named") return true;
  }
  return false;
}

function isNamespace({ imported, exported }: Reexport): boolean {
  return imported === undefined && exported !== undefined;
}

/** Of what is shared, and of CommonJS that gives its exports in other ways, webpack tracks no single exports. */
function knowsExports(modules: BuildModules, id: ModuleNumber): boolean {
  return modules.factsOf(id)?.type !== undefined;
}

/** Of `name` and what is below it; `undefined` when it is not used. */
function pathsBelow(demands: Demands, id: ModuleNumber, name: string): readonly Reference[] | undefined {
  return demands.isAll(id) ? WHOLE : demands.pathsOf(id, name)?.map((path) => path.slice(1));
}

function starReferrals(
  modules: BuildModules,
  id: ModuleNumber,
  to: ModuleNumber,
  demands: Demands,
): readonly Referral[] {
  if (!demands.isAll(id) && demands.countOf(id) === 0) return NO_REFERRALS;
  const own = modules.factsOf(id);
  const hidden = new Set([...(own?.names ?? []), ...modules.exports.exportsOf(id).conflicts, "default"]);
  if (demands.isAll(id)) {
    const { names, complete } = modules.exports.exportsOf(to);
    if (!complete) return [{ to, references: WHOLE }];
    const taken = [...names].filter((name) => !hidden.has(name));
    return taken.length === 0 ? NO_REFERRALS : [{ to, references: taken.map((name) => [name]) }];
  }
  const references = demands.namesOf(id).flatMap((name) => {
    if (hidden.has(name) || modules.exports.provides(to, name) === false) return NONE;
    const next = modules.exports.next(id, name);
    return next === undefined || next.module === to ? (demands.pathsOf(id, name) ?? NONE) : NONE;
  });
  return references.length === 0 ? NO_REFERRALS : [{ to, references }];
}

function requiredReferrals(
  modules: BuildModules,
  id: ModuleNumber,
  to: ModuleNumber,
  demands: Demands,
  required: ExportedRequire,
): readonly Referral[] {
  const { exported, path, resultUsed, getter, indirect } = required;
  const full = [{ to, references: [path] }];
  if (resultUsed || (modules.isRspack && (indirect || modules.factsOf(id)?.literal === true))) return full;
  const [name] = exported;
  if (name === undefined) {
    if (demands.isAll(id)) return full;
    return [{ to, references: demands.allPathsOf(id).map((wanted) => [...path, ...wanted]) }];
  }
  const wanted = pathsBelow(demands, id, name);
  const skips = getter || (modules.isSkipped(to) && !modules.isRspack);
  if (wanted === undefined) return skips ? [] : [{ to, references: [] }];
  if (wanted.some((rest) => rest.length === 0) || exported.length > 1 || !knowsExports(modules, to)) return full;
  return [{ to, references: wanted.map((rest) => [...path, ...rest]) }];
}
