/**
 * Requests that webpack never follows: a module whose package says that it has no side effects asks for what it
 * re-exports only when some importer asks for one of those names.
 */
import type { Connection } from "../graph/module.ts";
import type { BuildModules, Demanding } from "./buildModules.ts";

/** Names asked of a module; `true` for all. */
type Forwarded = Set<string> | true;

interface Reexported {
  readonly own: ReadonlySet<string>;
  readonly named: ReadonlyMap<string, Connection>;
  readonly stars: readonly Connection[];
}

export class LazyBarrels {
  readonly #modules: BuildModules;
  readonly #forwarded = new Map<string, Forwarded>();
  readonly #followed = new Set<Connection>();
  readonly #queue = new Set<string>();

  constructor(modules: BuildModules) {
    this.#modules = modules;
    for (const connection of modules.graph.connections) {
      if (modules.module(connection.from)?.type !== "normal") this.#follow(connection, true);
    }
    for (const id of this.#queue) {
      this.#queue.delete(id);
      this.#visit(id);
    }
  }

  isFollowed(connection: Connection): boolean {
    return this.#followed.has(connection) || this.#modules.module(connection.from)?.type !== "normal";
  }

  #follow(connection: Connection, names: Iterable<string> | true): void {
    this.#followed.add(connection);
    const { to } = connection;
    if (to === undefined || this.#modules.module(to)?.type !== "normal") return;
    const known = this.#forwarded.get(to);
    if (known === undefined) this.#queue.add(to);
    if (known === true) return;
    if (names === true) {
      this.#forwarded.set(to, true);
      this.#queue.add(to);
      return;
    }
    const set = known ?? new Set<string>();
    const before = set.size;
    for (const name of names) set.add(name);
    this.#forwarded.set(to, set);
    if (set.size > before) this.#queue.add(to);
  }

  #visit(id: string): void {
    const demanding = this.#modules.demandingOf(id);
    const forwarded = this.#forwarded.get(id)!;
    if (!this.#modules.isFlagged(id) || this.#modules.factsOf(id)?.format !== "esm") {
      for (const item of demanding) this.#follow(item.connection, takenNames(item, undefined));
      return;
    }
    const { own, named, stars } = reexported(this.#modules, id, demanding);
    const asked = forwarded === true ? [] : [...forwarded];
    const lazyImports = forwarded !== true && asked.length > 0 && !asked.some((name) => own.has(name));
    const unknown = asked.filter((name) => !own.has(name) && !named.has(name));
    for (const item of demanding) {
      const { connection, reexports } = item;
      const isImport = connection.dependencyType === "esm import" || connection.dependencyType === "esm export";
      const wanted =
        !isImport ||
        forwarded === true ||
        (reexports.length === 0 && !lazyImports) ||
        (connection.dependencyType === "esm import" && !lazyImports) ||
        asked.some((name) => named.get(name) === connection) ||
        (stars.includes(connection) && unknown.length > 0);
      if (wanted) this.#follow(connection, takenNames(item, forwarded === true ? undefined : unknown));
    }
  }
}

function reexported(modules: BuildModules, id: string, demanding: readonly Demanding[]): Reexported {
  const named = new Map<string, Connection>();
  const stars: Connection[] = [];
  for (const { connection, reexports } of demanding) {
    for (const { exported } of reexports) {
      if (exported === undefined) stars.push(connection);
      else named.set(exported, connection);
    }
  }
  const own = new Set(modules.factsOf(id)?.names.filter((name) => !named.has(name)));
  return { own, named, stars };
}

/** What a request forwards to its module; `unknown`: the names that a star passes on, all where absent. */
function takenNames(
  { connection, uses, reexports }: Demanding,
  unknown: readonly string[] | undefined,
): readonly string[] | true {
  const { dependencyType } = connection;
  if (dependencyType !== "esm import" && dependencyType !== "esm export") return true;
  const names: string[] = [];
  for (const { path } of uses) {
    if (path[0] === undefined) return true;
    names.push(path[0]);
  }
  for (const { exported, imported } of reexports) {
    if (imported !== undefined) names.push(imported);
    else if (exported !== undefined || unknown === undefined) return true;
    else names.push(...unknown);
  }
  return names;
}
