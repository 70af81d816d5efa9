/**
 * One container's build as usage analysis sees it: what each module asks for and takes, which exports it has, and what is
 * skipped because nothing in it has an effect. Modules go by number, so that a pass over a build looks up no text.
 */
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { keepsImports } from "../graph/erasedImports.ts";
import type { ContainerGraph, GraphModule } from "../graph/module.ts";
import { effectsByRules } from "../graph/moduleRules.ts";
import { isNodeEsModule } from "../graph/strictModules.ts";
import { type FolderFlag, flagOfFile, folderFlag } from "../project/packageFlag.ts";
import type { ExportFacts } from "../syntax/treeFacts.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Asks, type BuildLayout, type ModuleNumber } from "./buildLayout.ts";
import { ExportTable } from "./exportTable.ts";
import { Place, planOf, type RequestPlan, Traits } from "./requestPlan.ts";
import type { RequestUses } from "./usesByRequest.ts";

/** A request of a module with everything that hangs on it. */
export interface Demanding {
  /** Bits of `Asks`. */
  readonly kind: number;
  readonly to: ModuleNumber;
  readonly of: RequestUses;
}

/** What is known of a module's skipping: bytes of `BuildModules.#skips`. */
const Skips = { Unknown: 0, Yes: 1, No: 2 } as const;

/** What evaluating a module does: nothing, nothing but its imports' effects, or something. */
type OwnEffects = "none" | "pure" | "some";

export class BuildModules {
  readonly db: Db;
  readonly graph: ContainerGraph;
  readonly plan: RequestPlan;
  readonly layout: BuildLayout;
  readonly all: readonly GraphModule[];
  readonly exports: ExportTable<ModuleNumber>;
  /** False in a development build: every export of a module that is in it counts as used, and no code as pure. */
  readonly flagsUsage: boolean;
  readonly isRspack: boolean;
  readonly #ruled: ReturnType<typeof effectsByRules>;
  /** By module, 1 for those whose facts this pass has asked for. */
  readonly #read: Uint8Array;
  /** By module, bytes of `Skips`. */
  readonly #skips: Uint8Array;
  /** By module, the one that asked for it while a look at what leads to effects goes on; itself where it starts. */
  readonly #askers: Int32Array;
  /** By folder. */
  readonly #flags: (FolderFlag | undefined | null)[];
  readonly #keeping: (boolean | undefined)[];
  readonly #strictFolders: (boolean | undefined)[];

  constructor(db: Db, container: Container, graph: ContainerGraph) {
    this.db = db;
    this.graph = graph;
    const { options } = container.config.build;
    this.plan = planOf(graph, container.config);
    this.isRspack = this.plan.isRspack;
    this.flagsUsage =
      knownValue(options.get("mode")) !== "development" || knownValue(options.get("optimization.usedExports")) === true;
    this.#ruled = effectsByRules(container.config);
    this.layout = this.plan.layout;
    this.all = this.layout.all;
    const count = this.all.length;
    this.#read = new Uint8Array(count);
    this.#skips = new Uint8Array(count);
    this.#askers = new Int32Array(count).fill(-1);
    const folders = this.layout.folders.length;
    this.#flags = new Array<FolderFlag | undefined | null>(folders).fill(undefined);
    this.#keeping = new Array<boolean | undefined>(folders).fill(undefined);
    this.#strictFolders = new Array<boolean | undefined>(folders).fill(undefined);
    this.exports = new ExportTable<ModuleNumber>({
      facts: (module) => this.factsOf(module),
      follow: (module, { specifier, commonJs }) => this.#follow(module, specifier, commonJs),
      standIn: (module) => {
        const shared = this.all[module]!;
        return shared.type === "consume-shared" ? this.layout.numberOf(shared.fallback ?? undefined) : undefined;
      },
    });
  }

  /** References to it by name are references to what it is: none is followed to where a re-export ends. */
  keepsNames(module: ModuleNumber): boolean {
    return !this.isNormal(module) || !this.isSkipped(module);
  }

  isNormal(module: ModuleNumber): boolean {
    return this.layout.normal[module] === 1;
  }

  /** Asks for the facts of a module; true where they have changed since a pass before. */
  read(module: ModuleNumber): boolean {
    if (this.#read[module] === 1) return false;
    this.#read[module] = 1;
    return this.plan.read(this.db, module);
  }

  factsOf(module: ModuleNumber): ExportFacts | undefined {
    this.read(module);
    return this.plan.exportsOf(module);
  }

  /** Bits of `Traits`; none for what is no plain module. */
  traitsOf(module: ModuleNumber): number {
    this.read(module);
    return this.plan.traits[module]!;
  }

  /** What the module reads of its own exports. */
  ownOf(module: ModuleNumber): readonly (readonly string[])[] {
    return this.plan.usesOf(module)?.own ?? [];
  }

  /** Whether importers of CommonJS modules see no `default` but the whole, as Node has it. */
  isStrict(number: ModuleNumber): boolean {
    const module = this.all[number]!;
    if (module.type !== "normal") return false;
    if (extensionOf(module.file) !== ".js") return isNodeEsModule(this.db, module.file);
    const folder = this.layout.folderOf[number]!;
    this.#strictFolders[folder] ??= isNodeEsModule(this.db, module.file);
    return this.#strictFolders[folder];
  }

  /** Whether the build has the request at a place, which may be one that a TypeScript compile leaves out. */
  isInBuild(module: ModuleNumber, place: number): boolean {
    const bits = this.plan.places[place]!;
    if ((bits & Place.Erasable) === 0) return (bits & Place.InBuild) !== 0;
    const folder = this.layout.folderOf[module]!;
    this.#keeping[folder] ??= keepsImports(this.db, this.layout.folders[folder]!);
    return this.#keeping[folder];
  }

  demandingAt(place: number): Demanding {
    const connection = this.layout.outgoing[place]!;
    return { kind: this.layout.kinds[connection]!, to: this.layout.targetOf(connection)!, of: this.plan.uses[place]! };
  }

  /** The module's requests that are in the build, in order; none for what is no plain module. */
  *demandingOf(module: ModuleNumber): Generator<Demanding> {
    if (!this.isNormal(module)) return;
    this.read(module);
    const end = this.layout.placesTo(module);
    for (let place = this.layout.placesFrom(module); place < end; place++) {
      if (this.isInBuild(module, place)) yield this.demandingAt(place);
    }
  }

  /** Whether importing the module has no effect by itself: webpack then skips it where nothing of it is used. */
  isSkipped(module: ModuleNumber): boolean {
    const known = this.#skips[module];
    return known === Skips.Unknown ? this.#readSkipped(module) : known === Skips.Yes;
  }

  /** All that a skipped module leads to is skipped too; one that is not keeps all on the way to it. */
  #readSkipped(module: ModuleNumber): boolean {
    const own = this.#effectsOf(module);
    if (own !== "pure") {
      this.#skips[module] = own === "none" ? Skips.Yes : Skips.No;
      return own === "none";
    }
    const asked = [module];
    this.#askers[module] = module;
    let skipped = true;
    for (let index = 0; index < asked.length && skipped; index++) {
      const next = asked[index]!;
      const effects = this.#effectsAsKnown(next);
      if (effects === "none" || (effects === "pure" && this.#addAsked(next, asked))) continue;
      skipped = false;
      for (let at = next, asker = this.#askers[at]!; ; at = asker, asker = this.#askers[at]!) {
        this.#skips[at] = Skips.No;
        if (asker === at) break;
      }
    }
    for (const next of asked) {
      this.#askers[next] = -1;
      if (skipped) this.#skips[next] = Skips.Yes;
    }
    return skipped;
  }

  #effectsAsKnown(module: ModuleNumber): OwnEffects {
    const known = this.#skips[module];
    return known === Skips.Unknown ? this.#effectsOf(module) : known === Skips.Yes ? "none" : "some";
  }

  /** The modules that `module` imports; false when one of them is not known, or asking for one is an effect. */
  #addAsked(module: ModuleNumber, asked: ModuleNumber[]): boolean {
    const { outgoing } = this.layout;
    const end = this.layout.placesTo(module);
    for (let place = this.layout.placesFrom(module); place < end; place++) {
      const index = outgoing[place]!;
      const kind = this.layout.kinds[index]!;
      if ((kind & Asks.Provided) !== 0) return false;
      if ((kind & Asks.Esm) === 0) continue;
      const to = this.layout.targetOf(index);
      if (to === undefined) return false;
      if (this.#askers[to] !== -1) continue;
      this.#askers[to] = module;
      asked.push(to);
    }
    return true;
  }

  #effectsOf(number: ModuleNumber): OwnEffects {
    const module = this.all[number]!;
    if (module.type !== "normal") return "some";
    const ruled = this.#ruled?.(module.file);
    if (ruled !== undefined) return ruled ? "some" : "none";
    const flag = this.#flagOf(number, module.file);
    if (flag !== undefined) return flag ? "some" : "none";
    return this.flagsUsage && (this.traitsOf(number) & Traits.Pure) !== 0 ? "pure" : "some";
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
      if (isRequire === commonJs && this.graph.connections[index]!.request === specifier)
        return this.layout.targetOf(index);
    }
    return null;
  }
}
