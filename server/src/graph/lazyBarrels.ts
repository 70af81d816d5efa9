/**
 * Re-exports that a build never follows: in a module that its package flags as free of side effects, what `export … from`
 * asks for is made only once somebody asks for a name that it gives. After webpack's lazy barrels, of 5.112 for its own
 * plugin and of 5.111 for enhanced, which Rspack is like.
 */
import { knownValue } from "../evaluate/evaluated.ts";
import { packageFlag } from "../project/packageFlag.ts";
import { usedClauses } from "../syntax/barrelText.ts";
import type { RequestFact } from "../syntax/index.ts";
import { exportFacts, moduleUses } from "../syntax/treeFacts.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { ofRequests, shapeOf } from "./barrelShape.ts";
import type { Container } from "./container.ts";
import { asksForMore, type ModuleLinks, mayReexport, namesNeeded, plainlyExports } from "./moduleLinks.ts";
import { effectsByRules } from "./moduleRules.ts";

/** Exported names that are asked for. */
export type Ids = ReadonlySet<string> | "all";

/** A request of a barrel that has to be followed after all; `undefined` for all of a file that was not built. */
export interface Activation {
  readonly file: FilePath;
  readonly index: number | undefined;
}

/** A module that its package flags. */
interface Flagged {
  readonly file: FilePath;
  asked: Set<string> | "all";
  classified: boolean;
  /** Rspack: not built, since nothing is asked for. */
  waiting: boolean;
  /** Only for the few that hand something on. */
  barrel: Barrel | undefined;
}

interface Barrel {
  /** Still deferred, by the text of the request. */
  readonly groups: Map<string, readonly number[]>;
  /** Imports that are followed, and what they hand on still deferred. */
  readonly handedOn: Set<number>;
  /** Where followed requests lead, by index; other barrels only. */
  readonly targets: Map<number, FilePath>;
  /** The requests that a name needs. */
  readonly byName: ReadonlyMap<string, ReadonlySet<string>>;
  readonly stars: ReadonlySet<string>;
  /** Modules that the followed stars lead to. */
  readonly starTargets: Set<FilePath>;
}

const NO_REQUESTS: readonly RequestFact[] = [];
const NO_INDEXES: ReadonlySet<number> = new Set();

/** Some name or other, of a module that gives all its exports itself. */
const SOMETHING: Ids = new Set(["default"]);

export class LazyBarrels {
  readonly #db: Db;
  readonly #isWebpack: boolean;
  readonly #isRspack: boolean;
  readonly #enabled: boolean;
  readonly #linksOf: (file: FilePath) => ModuleLinks | undefined;
  readonly #ruled: ReturnType<typeof effectsByRules>;
  readonly #flagged = new Map<FilePath, Flagged>();

  constructor(db: Db, { config, implementation }: Container, linksOf: (file: FilePath) => ModuleLinks | undefined) {
    this.#db = db;
    this.#ruled = effectsByRules(config);
    this.#linksOf = linksOf;
    this.#isWebpack = implementation === "webpack";
    this.#isRspack = implementation === "rspack";
    this.#enabled =
      ["webpack", "enhanced", "rspack"].includes(implementation) &&
      knownValue(config.build.options.get("optimization.sideEffects")) !== false;
  }

  /** Rspack builds a flagged module only once something is asked of it. */
  waits(file: FilePath): boolean {
    if (!this.#isRspack || !this.#isFlagged(file)) return false;
    const flagged = this.#stateOf(file);
    flagged.waiting = flagged.asked !== "all" && flagged.asked.size === 0;
    return flagged.waiting;
  }

  /** The requests of a file that is visited that are not followed yet. */
  classify(file: FilePath): ReadonlySet<number> {
    if (!this.#isFlagged(file)) return NO_INDEXES;
    const flagged = this.#stateOf(file);
    const barrel = this.#collect(flagged);
    flagged.barrel = barrel;
    flagged.classified = true;
    if (barrel === undefined || barrel.groups.size === 0) return NO_INDEXES;
    this.#take(flagged, flagged.asked);
    return new Set([...barrel.groups.values()].flat().filter((index) => !barrel.handedOn.has(index)));
  }

  /** Asks a module for names; what has to be followed for them. */
  ask(file: FilePath, ids: Ids): readonly Activation[] {
    if ((ids !== "all" && ids.size === 0) || !this.#isFlagged(file)) return [];
    const flagged = this.#stateOf(file);
    const fresh = merged(flagged, ids);
    if (fresh !== undefined && flagged.waiting) {
      flagged.waiting = false;
      return [{ file, index: undefined }];
    }
    if (fresh === undefined || !flagged.classified) return [];
    return this.#take(flagged, fresh);
  }

  /** The names that a request of a file asks for. */
  idsOf(file: FilePath, index: number | undefined): Ids {
    const facts = moduleUses(this.#db, file);
    if (facts.uncertain) return "all";
    const { uses, reexports } = ofRequests(facts);
    const ids = new Set<string>();
    for (const { path, kind } of uses.values(index)) {
      if (kind !== "import" || path.length === 0) return "all";
      ids.add(path[0]!);
    }
    if (index === undefined || this.#barrelOf(file)?.handedOn.has(index) === true) return ids;
    for (const { imported, exported } of reexports.values(index)) {
      if (imported !== undefined) ids.add(imported);
      else if (exported !== undefined) return "all";
      else {
        const passed = this.#idsOfStar(file);
        if (passed === "all") return "all";
        for (const id of passed) ids.add(id);
      }
    }
    return ids;
  }

  /** The names that a request of `asker` asks of a file; `undefined` where they do not matter. */
  idsAsked(file: FilePath, asker: FilePath, index: number | "all" | undefined): Ids | undefined {
    if (!this.#isFlagged(file)) return undefined;
    if (index === "all") return "all";
    if (this.#mayReexport(file)) return this.idsOf(asker, index);
    if (this.#isRspack) return surelyAsks(this.#db, asker, index) ? SOMETHING : this.idsOf(asker, index);
    if (!this.#isWebpack || index === undefined) return undefined;
    return asksForMore(this.#db, asker, index, file)
      ? this.idsOf(asker, index)
      : namesNeeded(this.#db, asker, index, file);
  }

  /** Tells where a request of a barrel leads. */
  followed(file: FilePath, index: number | "all" | undefined, request: string, target: FilePath): void {
    const barrel = this.#barrelOf(file);
    if (barrel?.stars.has(request)) barrel.starTargets.add(target);
    if (typeof index === "number") barrel?.targets.set(index, target);
  }

  /** What was never followed. */
  *deferred(): Generator<{ readonly file: FilePath; readonly index: number }> {
    for (const { file, barrel } of this.#flagged.values()) {
      for (const indexes of barrel?.groups.values() ?? []) for (const index of indexes) yield { file, index };
    }
  }

  #isFlagged(file: FilePath): boolean {
    if (!this.#enabled) return false;
    const ruled = this.#ruled?.(file);
    if (ruled !== undefined) return !ruled;
    // A file that holds no code has no links, and may be flagged all the same.
    return this.#linksOf(file)?.flagged ?? packageFlag(this.#db, file) === false;
  }

  /** Of a flagged file; what links say holds only where its package flags it. */
  #mayReexport(file: FilePath): boolean {
    const links = this.#linksOf(file);
    return links !== undefined && (links.flagged ? links.mayReexport : mayReexport(this.#db, file));
  }

  #stateOf(file: FilePath): Flagged {
    let flagged = this.#flagged.get(file);
    if (flagged === undefined) {
      flagged = { file, asked: new Set(), classified: false, waiting: false, barrel: undefined };
      this.#flagged.set(file, flagged);
    }
    return flagged;
  }

  #barrelOf(file: FilePath): Barrel | undefined {
    return this.#flagged.get(file)?.barrel;
  }

  /** Groups what may be deferred by the text of the request. */
  #collect({ file, asked }: Flagged): Barrel | undefined {
    const links = this.#linksOf(file);
    const requests = links?.facts.requests ?? NO_REQUESTS;
    const more = (): boolean => asked !== "all" && [...asked].some((name) => !plainlyExports(this.#db, file, name));
    if (!this.#mayReexport(file) && !(this.#isWebpack && more())) return undefined;
    const facts = moduleUses(this.#db, file);
    if (facts.uncertain) return undefined;
    const shape = shapeOf(requests, facts, exportFacts(this.#db, file)?.names ?? []);
    const lazyImports = this.#isWebpack && asksOnlyFor(asked, shape.locals);
    const { groups, handedOn, byName, stars } = lazyImports ? shape.withImports : shape.withoutImports;
    return {
      groups: new Map(groups),
      handedOn: new Set(handedOn),
      targets: new Map(),
      byName,
      stars,
      starTargets: new Set(),
    };
  }

  /** Takes out of the deferred what gives these names. */
  #take({ file, barrel }: Flagged, ids: Ids): readonly Activation[] {
    if (barrel === undefined) return [];
    const activated: Activation[] = [];
    const take = (request: string): void => {
      const indexes = barrel.groups.get(request) ?? [];
      barrel.groups.delete(request);
      for (const index of indexes) activated.push(...this.#activate(file, barrel, index));
    };
    const unknown = new Set<string>();
    if (ids === "all") for (const request of [...barrel.groups.keys()]) take(request);
    else {
      for (const id of ids) {
        const requests = barrel.byName.get(id);
        if (requests === undefined) unknown.add(id);
        for (const request of requests ?? barrel.stars) take(request);
      }
    }
    const passed = ids === "all" ? ids : unknown;
    return [...activated, ...[...barrel.starTargets].flatMap((target) => this.ask(target, passed))];
  }

  #activate(file: FilePath, barrel: Barrel, index: number): readonly Activation[] {
    if (!barrel.handedOn.delete(index)) return [{ file, index }];
    const target = barrel.targets.get(index);
    return target === undefined ? [] : this.ask(target, this.idsOf(file, index));
  }

  /** A star passes on what is asked of its barrel and not given by the barrel itself; enhanced and Rspack ask for all. */
  #idsOfStar(file: FilePath): Ids {
    const flagged = this.#flagged.get(file);
    if (!this.#isWebpack || flagged === undefined || flagged.asked === "all" || !this.#isFlagged(file)) return "all";
    return new Set([...flagged.asked].filter((id) => flagged.barrel?.byName.has(id) !== true));
  }
}

/** Says so by its text, or is for JSX. */
function surelyAsks(db: Db, asker: FilePath, index: number | undefined): boolean {
  return index === undefined || usedClauses(db, asker)[index] === true;
}

/** The names that are new; `undefined` where there are none. */
function merged(flagged: Flagged, ids: Ids): Ids | undefined {
  const { asked } = flagged;
  if (asked === "all") return undefined;
  if (ids === "all") {
    flagged.asked = "all";
    return "all";
  }
  const fresh = new Set([...ids].filter((id) => !asked.has(id)));
  for (const id of fresh) asked.add(id);
  return fresh.size === 0 ? undefined : fresh;
}

/** Something is asked for, and nothing that runs the barrel's own code. */
function asksOnlyFor(asked: Ids, locals: readonly string[]): boolean {
  return asked !== "all" && asked.size > 0 && !locals.some((name) => asked.has(name));
}
