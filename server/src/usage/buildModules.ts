/**
 * One container's build as usage analysis sees it: what each module asks for and takes, which exports it has, and what is
 * skipped because nothing in it has an effect.
 */
import { MultiMap } from "../base/multiMap.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { definitionsOf } from "../graph/definitions.ts";
import { keepsImports } from "../graph/erasedImports.ts";
import type { Connection, ContainerGraph, GraphModule } from "../graph/module.ts";
import { nearestManifest } from "../project/manifest.ts";
import { type ExportFacts, exportFacts } from "../syntax/exportFacts.ts";
import { type Definitions, type Guard, isLive, moduleFacts } from "../syntax/index.ts";
import { moduleUses } from "../syntax/moduleUses.ts";
import type { ExportedRequire, ModuleUses, Reexport, RequestUse } from "../syntax/uses/facts.ts";
import { extensionOf, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { ExportTable } from "./exportTable.ts";
import { type SideEffects, sideEffectsOf } from "./sideEffects.ts";

/** A request of a module with everything that hangs on it. */
export interface Demanding {
  readonly connection: Connection;
  readonly uses: readonly RequestUse[];
  readonly reexports: readonly Reexport[];
  readonly exportedRequires: readonly ExportedRequire[];
}

export class BuildModules {
  readonly db: Db;
  readonly graph: ContainerGraph;
  readonly exports: ExportTable;
  /** False in a development build: every export of a module that is in it counts as used, and no code as pure. */
  readonly flagsUsage: boolean;
  /** Rspack: a `require` whose value nobody takes is for the whole module, not for its effects. */
  readonly requiresWhole: boolean;
  readonly #definitions: Definitions;
  readonly #outgoing = new MultiMap<string, Connection>();
  readonly #demanding = new Map<string, readonly Demanding[]>();
  readonly #skipped = new Map<string, boolean>();
  readonly #strict = new Map<string, boolean>();

  constructor(db: Db, container: Container, graph: ContainerGraph) {
    this.db = db;
    this.graph = graph;
    const { options } = container.config.build;
    this.requiresWhole = container.implementation === "rspack";
    this.flagsUsage =
      knownValue(options.get("mode")) !== "development" || knownValue(options.get("optimization.usedExports")) === true;
    this.#definitions = definitionsOf(container.config).definitions;
    for (const connection of graph.connections) this.#outgoing.add(connection.from, connection);
    this.exports = new ExportTable({
      facts: (id) => this.factsOf(id),
      follow: (id, { specifier, commonJs }) => this.#target(id, specifier, commonJs),
      standIn: (id) => {
        const module = graph.modules.get(id);
        return module?.type === "consume-shared" ? (module.fallback ?? undefined) : undefined;
      },
    });
  }

  module(id: string | undefined): GraphModule | undefined {
    return id === undefined ? undefined : this.graph.modules.get(id);
  }

  outgoing(id: string): ReadonlySet<Connection> {
    return this.#outgoing.values(id);
  }

  factsOf(id: string): ExportFacts | undefined {
    const module = this.graph.modules.get(id);
    return module?.type === "normal" ? exportFacts(this.db, module.file) : undefined;
  }

  usesOf(id: string): ModuleUses | undefined {
    const module = this.graph.modules.get(id);
    return module?.type === "normal" ? moduleUses(this.db, module.file) : undefined;
  }

  /** Whether guarded code of a module is in the build. */
  isLive(facts: ModuleUses, guards: readonly Guard[] | undefined): boolean {
    if (guards === undefined) return true;
    const own = Object.entries(facts.constants);
    return isLive(guards, own.length === 0 ? this.#definitions : new Map([...this.#definitions, ...own]));
  }

  /** Whether importers of CommonJS modules see no `default` but the whole, as Node has it. */
  isStrict(id: string): boolean {
    const known = this.#strict.get(id);
    if (known !== undefined) return known;
    const strict = this.#readStrict(id);
    this.#strict.set(id, strict);
    return strict;
  }

  #readStrict(id: string): boolean {
    const module = this.graph.modules.get(id);
    if (module?.type !== "normal") return false;
    const extension = extensionOf(module.file);
    if (extension === ".mjs" || extension === ".mts") return true;
    if (extension === ".cjs" || extension === ".cts") return false;
    return nearestManifest(this.db, parentPath(module.file))?.data.type === "module";
  }

  /** The module's requests that are in the build, in order; empty for what is no plain module. */
  demandingOf(id: string): readonly Demanding[] {
    const known = this.#demanding.get(id);
    if (known !== undefined) return known;
    const found = this.#readDemanding(id);
    this.#demanding.set(id, found);
    return found;
  }

  /** Whether importing the module has no effect by itself: webpack then skips it where nothing of it is used. */
  isSkipped(id: string): boolean {
    const known = this.#skipped.get(id);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const stack = [id];
    let skipped = true;
    for (let next = stack.pop(); next !== undefined && skipped; next = stack.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const effects = this.#effectsOf(next);
      if (effects === "some") skipped = false;
      else if (effects === "pure") {
        for (const { to, dependencyType } of this.outgoing(next)) {
          if (dependencyType === "esm import" || dependencyType === "esm export") stack.push(to ?? "");
        }
      }
    }
    this.#skipped.set(id, skipped);
    return skipped;
  }

  #effectsOf(id: string): SideEffects {
    const module = this.graph.modules.get(id);
    const effects = module?.type === "normal" ? sideEffectsOf(this.db, module.file) : "some";
    return effects === "pure" && !this.flagsUsage ? "some" : effects;
  }

  #target(id: string, specifier: string, commonJs: boolean): string | undefined | null {
    for (const { request, dependencyType, to } of this.outgoing(id)) {
      if (request === specifier && (dependencyType === "cjs require") === commonJs) return to;
    }
    return null;
  }

  #readDemanding(id: string): readonly Demanding[] {
    const facts = this.usesOf(id);
    const connections = [...this.outgoing(id)];
    if (facts === undefined || connections.length === 0) return [];
    const automatic = connections.some(({ requestIndex }) => requestIndex === undefined);
    const uses = facts.uses.filter(
      ({ kind, guards }) => (kind !== "classic jsx" || !automatic) && this.isLive(facts, guards),
    );
    const byRequest = new Map<number | undefined, RequestUse[]>();
    for (const use of uses) {
      const known = byRequest.get(use.request);
      if (known === undefined) byRequest.set(use.request, [use]);
      else known.push(use);
    }
    const required = facts.exportedRequires.filter(({ guards }) => this.isLive(facts, guards));
    const requests = moduleFacts(this.db, id)?.requests ?? [];
    return connections.flatMap((connection) => {
      const { requestIndex } = connection;
      if (requestIndex !== undefined && !this.isLive(facts, requests[requestIndex]?.guards)) return [];
      const own = byRequest.get(requestIndex) ?? [];
      if (requestIndex !== undefined && own.length === 0 && this.#isErased(id, facts, requestIndex)) return [];
      const reexports = facts.reexports.filter(({ request }) => request === requestIndex);
      const exportedRequires = required.filter(({ request }) => request === requestIndex);
      return [{ connection, uses: own, reexports, exportedRequires }];
    });
  }

  #isErased(id: string, { erasable }: ModuleUses, index: number): boolean {
    return erasable.includes(index) && !keepsImports(this.db, parentPath(id));
  }
}
