/**
 * One file as all builds see it that find relative files alike: its facts, and where its relative requests lead. Most of a
 * graph is made of these, so that a build puts together what is known instead of finding it out again; an edit finds out
 * anew what one file says.
 */
import { deepEquals } from "../base/equals.ts";
import { packageFlag } from "../project/packageFlag.ts";
import { relativeOptionsId, resolveBeside, resolveOptionsOfId } from "../project/resolveModule.ts";
import { type SteppedQuery, steppedQuery } from "../query/database.ts";
import { clauses, exportText } from "../syntax/barrelText.ts";
import { type ModuleFacts, moduleFacts, type RequestFact } from "../syntax/index.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import {
  CHOSEN_REQUIRE,
  type Connection,
  ENSURED_REQUIRE,
  type NormalModule,
  WEAK_CONTEXT,
  WEAK_IMPORT,
} from "./module.ts";
import { normalModule } from "./normalModule.ts";
import { isNodeEsModule } from "./strictModules.ts";

/** A word of `Connection.dependencyType` for what the text says; `undefined` for what is no request of a module. */
export function dependencyTypeOf({ kind, apart, mode, chosen }: RequestFact): string | undefined {
  if (chosen === true && kind === "cjs require") return CHOSEN_REQUIRE;
  if (mode !== undefined) return kind === "import()" ? IMPORTS_BY_MODE[mode] : WEAK_CONTEXT;
  return apart === true ? ENSURED_REQUIRE : DEPENDENCY_TYPES[kind];
}

const IMPORTS_BY_MODE = { eager: "import() eager", weak: WEAK_IMPORT } as const;

const DEPENDENCY_TYPES: Partial<Readonly<Record<RequestFact["kind"], string>>> = {
  "esm import": "esm import",
  "esm export": "esm export",
  "import()": "import()",
  "cjs require": "cjs require",
  "require.resolve": "require.resolve",
  "require.resolveWeak": "require.resolveWeak",
  "require.context": "require.context",
  "require.ensure": "require.ensure item",
  "amd require": "amd require",
  "amd define": "amd define",
  "new URL": "new URL()",
  "new Worker": "new Worker()",
};

/** Kinds that may ask for anything where their argument is not known. */
export const ANYTHING: ReadonlySet<RequestFact["kind"]> = new Set([
  "import()",
  "cjs require",
  "require.context",
  "amd require",
  "amd define",
]);

/**
 * What a request asks of a module without side effects: `plain` names that it plainly exports, `more` perhaps others, which
 * need its imports; `handed on` what may be another module's; `all` whatever it has.
 */
export type AskedOfFlagged = "plain" | "more" | "handed on" | "all";

/** A relative request that leads to a file of that name, with nothing special about it. */
export interface LocalLink {
  readonly connection: Connection & { readonly to: FilePath };
  readonly module: NormalModule;
  /** Absent where the module is not flagged as free of side effects. */
  readonly asks?: AskedOfFlagged;
  /** Of `plain` requests, the names, where the module has imports that some of them may need. */
  readonly names?: ReadonlySet<string>;
}

export interface ModuleLinks {
  readonly facts: ModuleFacts;
  /** Its package says that it has no side effects. */
  readonly flagged: boolean;
  /** Flagged, and its text may hand on exports of other modules. */
  readonly mayReexport: boolean;
  /** In which order its requests come to their end, as indexes; absent where that is the order of the text. */
  readonly order?: readonly number[];
  /** By index of the requests; `undefined` for what each build has to look at itself. */
  readonly local: readonly (LocalLink | undefined)[];
  /** Connections that builds have made for other requests: what several builds make alike is one object. */
  readonly made: Connection[];
}

type LinksQuery = SteppedQuery<World, ModuleLinks | undefined>;

/** A query for each way of finding relative files: keys are then paths as they are. */
const queries: LinksQuery[] = [];

/** For `linksOf`: the links of builds with these `resolve` options. */
export function linksQuery(optionsId: number): LinksQuery {
  const id = relativeOptionsId(optionsId);
  queries[id] ??= steppedQuery<World, ModuleLinks | undefined>(
    "moduleLinks",
    (db, file) => computeLinks(db, file, id),
    { equals: (left, right) => deepEquals(said(left), said(right)) },
  );
  return queries[id];
}

/** Looks at the files that a file leads to, one a step, then finds its links, for them to be at hand. */
export function* warmLinks(db: Db, file: FilePath, optionsId: number): Generator<void, void> {
  const id = relativeOptionsId(optionsId);
  for (const { specifier, typeOnly } of moduleFacts(db, file)?.requests ?? []) {
    if (typeOnly || !specifier?.startsWith(".")) continue;
    const to = resolveBeside(db, id, parentPath(file), specifier)?.file;
    if (to === undefined || packageFlag(db, to) !== false) continue;
    exportText(db, to);
    yield;
  }
  yield* db.prepare(linksQuery(optionsId), file);
}

/** Without what builds have added. */
function said(links: ModuleLinks | undefined): unknown {
  return links === undefined ? undefined : { ...links, made: undefined };
}

function* computeLinks(db: Db, file: FilePath, optionsId: number): Generator<void, ModuleLinks | undefined> {
  const facts = moduleFacts(db, file);
  if (facts === undefined) return undefined;
  const flagged = packageFlag(db, file) === false;
  const order = inOrder(facts.requests, resolveOptionsOfId(optionsId).extensionAlias);
  return {
    facts,
    flagged,
    mayReexport: flagged && mayReexport(db, file),
    ...(order === undefined ? {} : { order }),
    local: yield* localLinks(db, file, facts, optionsId),
    made: [],
  };
}

const NO_LINKS: readonly undefined[] = [];

/** Kinds that builds treat differently. */
const NOT_EVERYWHERE: ReadonlySet<string> = new Set(["new URL", "new Worker"]);

/** Nothing asks for it where a build has no AMD. */
export function isOfAmd({ kind, handed }: RequestFact): boolean {
  return handed === true || kind === "amd require" || kind === "amd define";
}

/** Requests that are looked at between two pauses. */
const LOOKS_A_STEP = 64;

function* localLinks(
  db: Db,
  file: FilePath,
  { requests }: ModuleFacts,
  optionsId: number,
): Generator<void, readonly (LocalLink | undefined)[]> {
  if (!requests.some(({ specifier }) => specifier?.startsWith("."))) return NO_LINKS;
  const strict = isNodeEsModule(db, file);
  const links: (LocalLink | undefined)[] = [];
  for (const [index, fact] of requests.entries()) {
    links.push(strict ? undefined : localLink(db, file, fact, index, optionsId));
    if (index % LOOKS_A_STEP === LOOKS_A_STEP - 1) yield;
  }
  return links;
}

function localLink(db: Db, file: FilePath, fact: RequestFact, index: number, optionsId: number): LocalLink | undefined {
  const { kind, specifier, typeOnly, guards } = fact;
  const dependencyType = dependencyTypeOf(fact);
  if (!specifier?.startsWith(".") || typeOnly || guards !== undefined) return undefined;
  if (dependencyType === undefined || NOT_EVERYWHERE.has(kind) || isOfAmd(fact)) return undefined;
  if (fact.ignored || fact.created) return undefined;
  const resolved = resolveBeside(db, optionsId, parentPath(file), specifier);
  if (resolved === undefined) return undefined;
  // Equal paths are one text.
  const module = normalModule(db, resolved.file);
  const to = module.file;
  const connection = {
    from: file,
    to,
    request: specifier,
    dependencyType,
    state: "active",
    requestIndex: index,
  } as const;
  if (packageFlag(db, to) !== false) return { connection, module };
  const asks = askedOf(db, to, file, index, fact);
  const names = asks === "plain" ? namesNeeded(db, file, index, to) : undefined;
  return { connection, module, asks, ...(names === undefined ? {} : { names }) };
}

/** One object for all builds in which a request leads to the same. */
export function madeConnection({ made }: ModuleLinks, connection: Connection): Connection {
  const { to, requestIndex, request, dependencyType, taken } = connection;
  const same = made.find(
    (other) =>
      other.to === to &&
      other.requestIndex === requestIndex &&
      other.request === request &&
      other.dependencyType === dependencyType &&
      other.taken?.join() === taken?.join(),
  );
  if (same === undefined) made.push(connection);
  return same ?? connection;
}

function askedOf(db: Db, to: FilePath, asker: FilePath, index: number, { kind }: RequestFact): AskedOfFlagged {
  if (!kind.startsWith("esm ")) return "all";
  if (mayReexport(db, to)) return "handed on";
  return asksForMore(db, asker, index, to) ? "more" : "plain";
}

/** Says so by its text, without a syntax tree: few flagged modules do. */
export function mayReexport(db: Db, file: FilePath): boolean {
  const requests = moduleFacts(db, file)?.requests ?? [];
  if (requests.some(({ kind, typeOnly }) => kind === "esm export" && !typeOnly)) return true;
  return requests.some(({ kind }) => kind === "esm import") && exportText(db, file).hasList;
}

/** The module that is asked has imports of its own, and perhaps not every name of the request. */
export function asksForMore(db: Db, asker: FilePath, index: number, file: FilePath): boolean {
  if (!hasImports(db, file)) return false;
  const names = clauses(db, asker)[index] ?? [];
  // A star passes on whatever is asked of its own module.
  if (names.length === 0) return moduleFacts(db, asker)?.requests[index]?.kind === "esm export";
  return names.some((name) => !plainlyExports(db, file, name));
}

/** Names that a request says it takes of a module with imports of its own, which are deferred unless one is local. */
export function namesNeeded(db: Db, asker: FilePath, index: number, file: FilePath): ReadonlySet<string> | undefined {
  return hasImports(db, file) ? new Set(clauses(db, asker)[index]) : undefined;
}

function hasImports(db: Db, file: FilePath): boolean {
  return moduleFacts(db, file)?.requests.some(({ kind }) => kind === "esm import") === true;
}

/** Whether the text plainly exports a name: what it says otherwise is left to the syntax tree. */
export function plainlyExports(db: Db, file: FilePath, name: string): boolean {
  return exportText(db, file).plain.includes(name);
}

const IN_FULL = /\.(?:[cm]?[jt]sx?|json)$/;

/**
 * As bundlers come to their end: a request with an extension first, unless others are tried in its place, before those for
 * which more places are looked at.
 */
function inOrder(requests: readonly RequestFact[], replaced: object): readonly number[] | undefined {
  const steps = requests.map(({ specifier = "" }) => {
    if (specifier.startsWith("#")) return 2;
    const extension = IN_FULL.exec(specifier)?.[0];
    return extension === undefined || extension in replaced ? 1 : 0;
  });
  if (steps.every((step, index) => index === 0 || step >= steps[index - 1]!)) return undefined;
  return [...requests.keys()].sort((left, right) => steps[left]! - steps[right]! || left - right);
}
