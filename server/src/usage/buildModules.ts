/**
 * One container's build as usage analysis sees it: what each module asks for and takes, which exports it has, and what is
 * skipped because nothing in it has an effect. Modules go by number, so that a pass over a build looks up no text.
 */
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { type BuildDefinitions, definitionsOf } from "../graph/definitions.ts";
import { keepsImports } from "../graph/erasedImports.ts";
import type { ContainerGraph, GraphModule } from "../graph/module.ts";
import { effectsByRules } from "../graph/moduleRules.ts";
import { nearestManifest } from "../project/manifest.ts";
import { type FolderFlag, flagOfFile, folderFlag } from "../project/packageFlag.ts";
import { type Guard, isLive, moduleFacts, withConstants } from "../syntax/index.ts";
import { type ExportFacts, type TreeFacts, treeFacts } from "../syntax/treeFacts.ts";
import type { ModuleUses } from "../syntax/uses/facts.ts";
import { extensionOf, type FilePath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Asks, type BuildLayout, layoutOf, type ModuleNumber } from "./buildLayout.ts";
import { ExportTable } from "./exportTable.ts";
import { isPure } from "./sideEffects.ts";
import { NO_USES, type RequestUses, requestUses, usesByRequest } from "./usesByRequest.ts";

/** A request of a module with everything that hangs on it. */
export interface Demanding {
  /** Index of the connection in the graph. */
  readonly connection: number;
  /** Bits of `Asks`. */
  readonly kind: number;
  /** `undefined` where the request leads to nothing that is in the graph. */
  readonly to: ModuleNumber | undefined;
  readonly of: RequestUses;
  /** The request is for one of several files: what is taken of which is open. */
  readonly ofMany: boolean;
  /** What a provided name takes. */
  readonly taken: readonly string[] | undefined;
}

const NOTHING: readonly Demanding[] = [];

export class BuildModules {
  readonly db: Db;
  readonly graph: ContainerGraph;
  readonly layout: BuildLayout;
  readonly all: readonly GraphModule[];
  readonly exports: ExportTable<ModuleNumber>;
  /** False in a development build: every export of a module that is in it counts as used, and no code as pure. */
  readonly flagsUsage: boolean;
  readonly isRspack: boolean;
  readonly #defined: BuildDefinitions;
  readonly #ruled: ReturnType<typeof effectsByRules>;
  readonly #facts: (ExportFacts | undefined | null)[];
  readonly #trees: (TreeFacts | undefined | null)[];
  readonly #demanding: (readonly Demanding[] | undefined)[];
  readonly #skipped: (boolean | undefined)[];
  readonly #flags: (FolderFlag | undefined | null)[];
  readonly #strict: (boolean | undefined)[];
  readonly #strictFolders = new Map<FilePath, boolean>();

  constructor(db: Db, container: Container, graph: ContainerGraph) {
    this.db = db;
    this.graph = graph;
    const { options } = container.config.build;
    this.isRspack = container.implementation === "rspack";
    this.flagsUsage =
      knownValue(options.get("mode")) !== "development" || knownValue(options.get("optimization.usedExports")) === true;
    this.#defined = definitionsOf(container.config);
    this.#ruled = effectsByRules(container.config);
    this.layout = layoutOf(graph);
    this.all = this.layout.all;
    const count = this.all.length;
    this.#facts = new Array(count).fill(null);
    this.#trees = new Array(count).fill(null);
    this.#demanding = new Array(count).fill(undefined);
    this.#skipped = new Array(count).fill(undefined);
    this.#flags = new Array(this.layout.folders.length).fill(undefined);
    this.#strict = new Array(count).fill(undefined);
    this.exports = new ExportTable<ModuleNumber>({
      facts: (module) => this.factsOf(module),
      follow: (module, { specifier, commonJs }) => this.#follow(module, specifier, commonJs),
      standIn: (module) => {
        const shared = this.all[module]!;
        return shared.type === "consume-shared" ? this.numberOf(shared.fallback ?? undefined) : undefined;
      },
    });
  }

  numberOf(id: string | undefined): ModuleNumber | undefined {
    return this.layout.numberOf(id);
  }

  targetOf(connection: number): ModuleNumber | undefined {
    return this.layout.targetOf(connection);
  }

  /** References to it by name are references to what it is: none is followed to where a re-export ends. */
  keepsNames(module: ModuleNumber): boolean {
    return !this.isNormal(module) || !this.isSkipped(module);
  }

  isNormal(module: ModuleNumber): boolean {
    return this.all[module]!.type === "normal";
  }

  factsOf(number: ModuleNumber): ExportFacts | undefined {
    const known = this.#facts[number];
    if (known !== null) return known;
    const facts = this.#treeFactsOf(number)?.exports;
    const found = this.isRspack && facts !== undefined ? inRspack(facts) : facts;
    this.#facts[number] = found;
    return found;
  }

  usesOf(number: ModuleNumber): ModuleUses | undefined {
    return this.#treeFactsOf(number)?.uses;
  }

  #treeFactsOf(number: ModuleNumber): TreeFacts | undefined {
    const known = this.#trees[number];
    if (known !== null) return known;
    const module = this.all[number]!;
    const found = module.type === "normal" ? treeFacts(this.db, module.file) : undefined;
    this.#trees[number] = found;
    return found;
  }

  /** Whether guarded code of a module is in the build. */
  isLive(facts: ModuleUses, guards: readonly Guard[] | undefined): boolean {
    if (guards === undefined) return true;
    const { definitions, inlines } = this.#defined;
    return isLive(guards, inlines ? withConstants(definitions, facts.constants) : definitions);
  }

  /** Whether importers of CommonJS modules see no `default` but the whole, as Node has it. */
  isStrict(number: ModuleNumber): boolean {
    const known = this.#strict[number];
    if (known !== undefined) return known;
    const strict = this.#readStrict(number);
    this.#strict[number] = strict;
    return strict;
  }

  #readStrict(number: ModuleNumber): boolean {
    const module = this.all[number]!;
    if (module.type !== "normal") return false;
    const extension = extensionOf(module.file);
    if (extension === ".mjs" || extension === ".mts") return true;
    if (extension === ".cjs" || extension === ".cts") return false;
    const folder = parentPath(module.file);
    let strict = this.#strictFolders.get(folder);
    if (strict === undefined) {
      strict = nearestManifest(this.db, folder)?.data.type === "module";
      this.#strictFolders.set(folder, strict);
    }
    return strict;
  }

  /** The module's requests that are in the build, in order; empty for what is no plain module. */
  demandingOf(module: ModuleNumber): readonly Demanding[] {
    const known = this.#demanding[module];
    if (known !== undefined) return known;
    const found = this.#readDemanding(module);
    this.#demanding[module] = found;
    return found;
  }

  /** Whether importing the module has no effect by itself: webpack then skips it where nothing of it is used. */
  isSkipped(module: ModuleNumber): boolean {
    return this.#skipped[module] ?? this.#readSkipped(module);
  }

  /** All that a skipped module leads to is skipped too; one that is not keeps all on the way to it. */
  #readSkipped(module: ModuleNumber): boolean {
    const own = this.#effectsOf(module);
    if (own !== "pure") {
      this.#skipped[module] = own === "none";
      return own === "none";
    }
    const askers = new Map<ModuleNumber, ModuleNumber | undefined>([[module, undefined]]);
    for (const next of askers.keys()) {
      const skips = this.#skipped[next];
      const effects = skips === undefined ? this.#effectsOf(next) : skips ? "none" : "some";
      if (effects === "some" || (effects === "pure" && !this.#addAsked(next, askers))) {
        for (let at: ModuleNumber | undefined = next; at !== undefined; at = askers.get(at)) this.#skipped[at] = false;
        return false;
      }
    }
    for (const next of askers.keys()) this.#skipped[next] = true;
    return true;
  }

  /** The modules that `module` imports; false when one of them is not known, or asking for one is an effect. */
  #addAsked(module: ModuleNumber, askers: Map<ModuleNumber, ModuleNumber | undefined>): boolean {
    const { outgoing } = this.layout;
    const end = this.layout.placesTo(module);
    for (let place = this.layout.placesFrom(module); place < end; place++) {
      const index = outgoing[place]!;
      const kind = this.layout.kinds[index]!;
      if ((kind & Asks.Provided) !== 0) return false;
      if ((kind & Asks.Esm) === 0) continue;
      const to = this.targetOf(index);
      if (to === undefined) return false;
      if (!askers.has(to)) askers.set(to, module);
    }
    return true;
  }

  #effectsOf(number: ModuleNumber): "none" | "pure" | "some" {
    const module = this.all[number]!;
    if (module.type !== "normal") return "some";
    const ruled = this.#ruled?.(module.file);
    if (ruled !== undefined) return ruled ? "some" : "none";
    const flag = this.#flagOf(number, module.file);
    if (flag !== undefined) return flag ? "some" : "none";
    return this.flagsUsage && isPure(this.usesOf(number), this.isRspack) ? "pure" : "some";
  }

  /** As `packageFlag`, asking once for each folder. */
  #flagOf(number: ModuleNumber, file: FilePath): boolean | undefined {
    const { folderOf, folders } = this.layout;
    const place = folderOf[number]!;
    let found = this.#flags[place];
    if (found === undefined) {
      found = folderFlag(this.db, folders[place]!) ?? null;
      this.#flags[place] = found;
    }
    return found === null ? undefined : flagOfFile(found, file);
  }

  #follow(module: ModuleNumber, specifier: string, commonJs: boolean): ModuleNumber | undefined | null {
    const { outgoing } = this.layout;
    const end = this.layout.placesTo(module);
    for (let place = this.layout.placesFrom(module); place < end; place++) {
      const index = outgoing[place]!;
      const isRequire = (this.layout.kinds[index]! & Asks.Require) !== 0;
      if (isRequire === commonJs && this.graph.connections[index]!.request === specifier) return this.targetOf(index);
    }
    return null;
  }

  #readDemanding(number: ModuleNumber): readonly Demanding[] {
    const module = this.all[number]!;
    const facts = this.usesOf(number);
    const { outgoing } = this.layout;
    const start = this.layout.placesFrom(number);
    const end = this.layout.placesTo(number);
    if (module.type !== "normal" || facts === undefined || start === end) return NOTHING;
    const { kinds } = this.layout;
    let automatic = false;
    for (let place = start; place < end; place++) automatic ||= (kinds[outgoing[place]!]! & Asks.Jsx) !== 0;
    const byRequest = usesByRequest(facts, { automatic, rspack: this.isRspack });
    const requests = this.#trees[number]?.guarded === true ? moduleFacts(this.db, module.file)?.requests : undefined;
    const found: Demanding[] = [];
    for (let place = start; place < end; place++) {
      const connection = outgoing[place]!;
      const kind = kinds[connection]!;
      if ((kind & Asks.Weak) !== 0) continue;
      const request = this.layout.requests[connection]!;
      if (request >= 0 && !this.isLive(facts, requests?.[request]?.guards)) continue;
      const isJsx = (kind & Asks.Jsx) !== 0;
      const of = this.#usesInBuild(facts, isJsx ? byRequest.jsx : byRequest.requests[request]);
      if (request >= 0 && of.uses.length === 0 && this.#isErased(module.file, facts, request)) continue;
      const ofMany = (kind & Asks.Whole) !== 0 || (request >= 0 && requests?.[request]?.context !== undefined);
      const taken = (kind & Asks.Provided) === 0 ? undefined : this.graph.connections[connection]!.taken;
      found.push({ connection, kind, to: this.targetOf(connection), of, ofMany, taken });
    }
    return found;
  }

  #usesInBuild(facts: ModuleUses, of: RequestUses = NO_USES): RequestUses {
    if (!of.conditional) return of;
    return requestUses(
      of.uses.filter(({ guards }) => this.isLive(facts, guards)),
      of.reexports,
      of.exportedRequires.filter(({ guards }) => this.isLive(facts, guards)),
    );
  }

  #isErased(file: FilePath, { erasable }: ModuleUses, index: number): boolean {
    return erasable.includes(index) && !keepsImports(this.db, parentPath(file));
  }
}

/**
 * The exports as Rspack sees them: what is handed on indirectly is the module's own, or not known where it is the whole,
 * and nothing is known to be handed on beside an object that is assigned.
 */
function inRspack(facts: ExportFacts): ExportFacts {
  const indirect = facts.forwarded.filter((item) => item.indirect === true);
  const untold = facts.literal === true && facts.forwarded.length > 0;
  if (indirect.length === 0 && !untold) return facts;
  if (untold || indirect.some(({ exported }) => exported === undefined))
    return { ...facts, type: undefined, names: [], forwarded: [], complete: false };
  return { ...facts, forwarded: facts.forwarded.filter((item) => item.indirect !== true) };
}
