/**
 * What a file's re-exports need, as every build sees it that holds the file: which names hang on which requests. Index
 * files of libraries have thousands, so that this is put together once for their facts.
 */
import { MultiMap } from "../base/multiMap.ts";
import type { RequestFact } from "../syntax/index.ts";
import type { ModuleUses, Reexport, RequestUse } from "../syntax/uses/facts.ts";

/** The uses and re-exports of a file by the request that they are of. */
interface OfRequests {
  readonly uses: MultiMap<number | undefined, RequestUse>;
  readonly reexports: MultiMap<number, Reexport>;
}

const sorted = new WeakMap<ModuleUses, OfRequests>();

/** The same object for the same facts. */
export function ofRequests(facts: ModuleUses): OfRequests {
  let found = sorted.get(facts);
  if (found === undefined) {
    found = { uses: new MultiMap(), reexports: new MultiMap() };
    for (const use of facts.uses) found.uses.add(use.request, use);
    for (const reexport of facts.reexports) found.reexports.add(reexport.request, reexport);
    sorted.set(facts, found);
  }
  return found;
}

/** What may be left for later, and what asks for it. */
export interface Deferrable {
  /** Indexes by the text of the request. */
  readonly groups: ReadonlyMap<string, readonly number[]>;
  /** Imports that are followed, and what they hand on may be left. */
  readonly handedOn: readonly number[];
  /** The requests that a name needs. */
  readonly byName: ReadonlyMap<string, ReadonlySet<string>>;
  readonly stars: ReadonlySet<string>;
}

class BarrelShape {
  readonly names: readonly string[];
  /** Exported names that the file gives itself. */
  readonly locals: readonly string[];
  readonly #requests: readonly RequestFact[];
  readonly #facts: ModuleUses;
  #withImports: Deferrable | undefined;
  #withoutImports: Deferrable | undefined;

  constructor(requests: readonly RequestFact[], facts: ModuleUses, names: readonly string[]) {
    const handed = new Set(facts.reexports.flatMap(({ exported }) => exported ?? []));
    this.names = names;
    this.locals = names.filter((name) => !handed.has(name));
    this.#requests = requests;
    this.#facts = facts;
  }

  /** Where imports may be left too, until a local name is asked for. */
  get withImports(): Deferrable {
    this.#withImports ??= this.#deferrable(true);
    return this.#withImports;
  }

  get withoutImports(): Deferrable {
    this.#withoutImports ??= this.#deferrable(false);
    return this.#withoutImports;
  }

  #deferrable(lazyImports: boolean): Deferrable {
    const handing = ofRequests(this.#facts).reexports;
    const groups = new MultiMap<string, number>();
    const handedOn: number[] = [];
    const importRequests = new Set<string>();
    for (const [index, { kind, specifier, typeOnly }] of this.#requests.entries()) {
      if (specifier === undefined || typeOnly) continue;
      const handsOn = handing.has(index);
      if (kind === "esm export" || (kind === "esm import" && (lazyImports || handsOn))) groups.add(specifier, index);
      if (kind !== "esm import") continue;
      if (lazyImports) importRequests.add(specifier);
      else if (handsOn) handedOn.push(index);
    }
    const byName = new Map<string, ReadonlySet<string>>();
    const stars = new Set<string>();
    for (const { request, exported } of this.#facts.reexports) {
      const specifier = this.#requests[request]?.specifier;
      if (specifier === undefined) continue;
      if (exported === undefined) stars.add(specifier);
      else byName.set(exported, new Set([specifier]));
    }
    for (const name of this.locals) byName.set(name, importRequests);
    const listed = [...groups.keys()].map((specifier) => [specifier, [...groups.values(specifier)]] as const);
    return { groups: new Map(listed), handedOn, byName, stars };
  }
}

const shapes = new WeakMap<readonly RequestFact[], { readonly facts: ModuleUses; readonly shape: BarrelShape }>();

/** The same object for the same requests and facts of a file, and the names that it exports. */
export function shapeOf(requests: readonly RequestFact[], facts: ModuleUses, names: readonly string[]): BarrelShape {
  const known = shapes.get(requests);
  if (known?.facts === facts && known.shape.names === names) return known.shape;
  const shape = new BarrelShape(requests, facts, names);
  shapes.set(requests, { facts, shape });
  return shape;
}
