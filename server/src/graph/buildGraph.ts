/**
 * The module graph of one container's build, from its entries and exposes on, as the bundler makes it: every request is
 * offered to the externals, the consumes, then the remotes, then resolved; every resolved module is offered to the provides.
 */
import { DYNAMIC } from "../evaluate/evaluated.ts";
import type { BuildEntry } from "../model/federationConfig.ts";
import { isPackageRequest, type ResolveKind, resolveOptionsOfId } from "../project/resolveModule.ts";
import type { Query } from "../query/database.ts";
import { COMMON_JS_KINDS, type RequestFact } from "../syntax/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { BuildState } from "./buildState.ts";
import type { AddFallback } from "./consumeModules.ts";
import type { Container } from "./container.ts";
import { containerEntryModule } from "./containerEntry.ts";
import { filesOfContext } from "./contextFiles.ts";
import { type BuildDefinitions, definitionsOf, isBuilt, isOfOtherMode } from "./definitions.ts";
import { isErasedImport } from "./erasedImports.ts";
import { externalTest } from "./externals.ts";
import { FederationPlugins } from "./federationPlugins.ts";
import { jsxRequest } from "./jsxRuntime.ts";
import { type Activation, LazyBarrels } from "./lazyBarrels.ts";
import type { ContainerGraph } from "./module.ts";
import {
  ANYTHING,
  dependencyTypeOf,
  isOfAmd,
  type LocalLink,
  linksQuery,
  type ModuleLinks,
  madeConnection,
} from "./moduleLinks.ts";
import { effectsByRules, type LayerOf, moduleLayers, unparsedFiles } from "./moduleRules.ts";
import { Origin } from "./origin.ts";
import { PackageScopes } from "./packageScopes.ts";
import { type ProvidedNames, providedNames } from "./providedNames.ts";
import { RUNTIME_PLUGIN, runtimePluginEntry } from "./runtimePlugins.ts";
import { isEsModule } from "./strictModules.ts";

/** Modules and requests that are looked at between two pauses. */
const LOOKS_A_STEP = 24;

/** What a request leads to, as far as it has been found out. */
interface Outcome {
  readonly to: string | "ignored" | undefined;
}

class GraphBuilder {
  readonly #state: BuildState;
  readonly #plugins: FederationPlugins;
  readonly #isExternal: (request: string) => boolean;
  readonly #defined: BuildDefinitions;
  readonly #provided: ProvidedNames | undefined;
  readonly #barrels: LazyBarrels;
  readonly #layerOf: LayerOf | undefined;
  readonly #isUnparsed: ((file: FilePath) => boolean) | undefined;
  readonly #links: Query<World, ModuleLinks | undefined>;
  readonly #scopes: PackageScopes<Outcome>;
  /** The links that were asked for last: mostly the next are of the same file. */
  #recent: { readonly file: FilePath; readonly links: ModuleLinks | undefined } | undefined;
  #looks = 0;
  /** Neither webpack's own plugin nor Rspack. */
  readonly #isEnhanced: boolean;
  /** Nothing in the configuration takes relative requests for anything but files. */
  #isUsual = false;

  constructor(state: BuildState) {
    this.#state = state;
    const { db, container, optionsId } = state;
    const { config, implementation } = container;
    this.#isEnhanced = implementation !== "webpack" && implementation !== "rspack";
    this.#links = linksQuery(optionsId);
    this.#scopes = new PackageScopes(db, optionsId);
    this.#barrels = new LazyBarrels(db, container, (file) => this.#linksOf(file));
    this.#plugins = new FederationPlugins(
      state,
      (...asked) => this.#addFallback(...asked),
      (file) => this.#follow(this.#barrels.ask(file, "all")),
    );
    this.#isExternal = externalTest(config);
    this.#defined = definitionsOf(config);
    this.#provided = providedNames(config, this.#defined);
    if (this.#provided?.complete === false) state.complete = false;
    this.#layerOf = moduleLayers(config);
    this.#isUnparsed = unparsedFiles(config);
  }

  *build(): Generator<void, void> {
    this.#plugins.prepare();
    const { config } = this.#state.container;
    this.#isUsual =
      this.#layerOf === undefined &&
      !this.#plugins.takesResources &&
      !this.#plugins.hasRelativeRemotes &&
      effectsByRules(config) === undefined;
    const plugins = runtimePluginEntry(config);
    // What only they ask for is provided by nobody.
    const isLate = this.#state.container.implementation === "rspack";
    this.#addEntries(config.build.entries, "entry");
    if (!isLate) this.#addEntries(plugins, RUNTIME_PLUGIN);
    this.#addExposes();
    yield* this.#drain();
    yield* this.#plugins.addProvided(() => this.#drain());
    if (isLate) this.#addEntries(plugins, RUNTIME_PLUGIN);
    yield* this.#drain();
    this.#addDeferred();
  }

  #addEntries(entries: readonly BuildEntry[], kind: "entry" | typeof RUNTIME_PLUGIN): void {
    const type = kind === "entry" ? "esm import" : kind;
    for (const { name, requests, layer } of entries) {
      const origin = new Origin<Outcome>(`${kind} ${name}`, this.#state.container.context, layer);
      for (const request of requests) {
        if (request.known) this.#askWhole(this.#connect(origin, request.value, type, "esm", undefined));
        else this.#state.complete = false;
      }
    }
  }

  #addExposes(): void {
    const made = new Set<string>();
    for (const tables of this.#plugins.tables) {
      // Of several entries with the same exposes the bundler makes one, under the first name.
      const identity = JSON.stringify([tables.shareScopes, tables.exposes.map(({ key, requests }) => [key, requests])]);
      if (tables.exposes.length === 0 || made.has(identity)) continue;
      made.add(identity);
      const entry = containerEntryModule(tables);
      this.#state.modules.set(entry.id, entry);
      this.#askExposes(entry.id, tables.exposes);
    }
  }

  #askExposes(id: string, exposes: Container["exposes"]): void {
    const { context, implementation } = this.#state.container;
    const origin = new Origin<Outcome>(id, context, undefined);
    // Each is a block of its own: webpack takes them from the last to the first.
    const blocks = implementation === "rspack" ? exposes : exposes.toReversed();
    for (const expose of blocks) {
      for (const request of expose.requests) {
        if (request.includes(DYNAMIC)) this.#state.complete = false;
        else this.#askWhole(this.#connect(origin, request, "container exposed", "esm", undefined));
      }
    }
  }

  #askWhole(to: string | undefined): void {
    if (to !== undefined && this.#state.modules.get(to)?.type === "normal") this.#follow(this.#barrels.ask(to, "all"));
  }

  *#drain(): Generator<void, void> {
    for (const next of this.#state.takeUnvisited()) {
      if ("layer" in next) yield* this.#visit(next.file, next.layer);
      else yield* this.#activate(next);
    }
  }

  *#activate({ file, index }: Activation): Generator<void, void> {
    for (const layer of this.#state.layersOf(file)) {
      if (index === undefined) yield* this.#visit(file, layer);
      else {
        const links = this.#linksOf(file)!;
        this.#request(this.#originOf(file, layer, links), index, links);
      }
    }
  }

  *#visit(file: FilePath, layer: string | undefined): Generator<void, void> {
    if (++this.#looks % LOOKS_A_STEP === 0) yield;
    const links = this.#isUnparsed?.(file) === true ? undefined : this.#linksOf(file);
    if (links === undefined || this.#barrels.waits(file)) return;
    const { facts, order } = links;
    if (facts.broken) this.#state.complete = false;
    const deferred = this.#barrels.classify(file);
    const origin = this.#originOf(file, layer, links);
    for (const index of order ?? facts.requests.keys()) {
      if (!deferred.has(index)) this.#request(origin, index, links);
      if (++this.#looks % LOOKS_A_STEP === 0) yield;
    }
    const jsx = jsxRequest(this.#state.db, this.#state.container.config, file, facts);
    if (jsx !== undefined)
      this.#askFor(file, undefined, jsx, this.#connect(origin, jsx, "esm import", "esm", undefined));
    const classic = jsx === undefined ? facts : undefined;
    for (const { request, taken } of this.#provided?.requestsOf(this.#state.db, file, classic) ?? [])
      this.#askFor(file, "all", request, this.#connect(origin, request, "provided", "esm", undefined, taken));
  }

  #linksOf(file: FilePath): ModuleLinks | undefined {
    if (this.#recent?.file !== file) this.#recent = { file, links: this.#state.db.get(this.#links, file) };
    return this.#recent.links;
  }

  #originOf(file: FilePath, layer: string | undefined, links: ModuleLinks): Origin<Outcome> {
    return Origin.ofFile(file, layer, links, this.#state.container.context);
  }

  #request(origin: Origin<Outcome>, index: number, links: ModuleLinks): void {
    const link = links.local[index];
    if (link !== undefined && origin.layer === undefined && this.#isPlain(link)) this.#followLocal(link);
    else this.#requestInFull(origin, index, links);
  }

  /** Nothing but the files beside decides where a relative request of this build leads. */
  #isPlain({ connection: { from, request } }: LocalLink): boolean {
    if (!this.#isUsual || this.#isExternal(request)) return false;
    if (!this.#isEnhanced) return true;
    // It also matches what stands behind `node_modules/`.
    return !from.includes("/node_modules/") && !request.includes("/node_modules/");
  }

  #followLocal({ connection, module, asks, names }: LocalLink): void {
    this.#state.addUsual(module);
    this.#state.connections.push(connection);
    if (asks === undefined) return;
    const { from, to, request, requestIndex, dependencyType } = connection;
    // Of what gives all its exports itself, enhanced asks for no names.
    if (this.#isEnhanced && (asks === "plain" || asks === "more")) return;
    if (asks === "plain" && this.#state.container.implementation === "webpack") {
      if (names !== undefined) this.#follow(this.#barrels.ask(to, names));
      return;
    }
    this.#askFor(from, dependencyType.startsWith("esm ") ? requestIndex : "all", request, to);
  }

  #requestInFull(origin: Origin<Outcome>, index: number, { facts }: ModuleLinks): void {
    const fact = facts.requests[index]!;
    const file = origin.id;
    if (fact.kind === "load remote" || fact.kind === "load share") this.#state.runtimeCallers.add(file);
    const dependencyType = dependencyTypeOf(fact);
    if (dependencyType === undefined || fact.typeOnly || (isOfAmd(fact) && !this.#defined.amd)) return;
    if (fact.created && this.#defined.createdRequires === (fact.kind === "esm import")) return;
    if (fact.ignored && this.#state.container.implementation !== "rspack") return;
    if (!isBuilt(this.#state.db, file, fact.guards, this.#defined)) {
      // In another mode the request is part of the build after all.
      if (isOfOtherMode(fact.guards, this.#defined) && !file.includes("/node_modules/")) this.#state.complete = false;
      return;
    }
    if (fact.specifier === undefined) {
      if (fact.context !== undefined) this.#requestContext(origin, fact, index);
      else if (ANYTHING.has(fact.kind)) this.#state.complete = false;
      return;
    }
    const mayBeErased = fact.kind === "esm import" && !fact.sideEffectOnly && fact.runs !== true;
    const { db, container } = this.#state;
    if (mayBeErased && this.#leaves(fact.specifier, origin) && isErasedImport(db, file, index)) return;
    const kind = COMMON_JS_KINDS.has(fact.kind) ? "cjs" : "esm";
    if (kind === "cjs" && !fact.created && isEsModule(db, container.config, file)) return;
    const to = this.#connect(origin, fact.specifier, dependencyType, kind, index);
    this.#askFor(file, fact.kind.startsWith("esm ") ? index : "all", fact.specifier, to);
  }

  /** Any of the files may be asked for: each is a module of the build. */
  #requestContext(origin: Origin<Outcome>, fact: RequestFact, index: number): void {
    const { kind, context, mode } = fact;
    const plain = kind === "cjs require" ? "cjs require context" : kind;
    const dependencyType = mode === undefined ? plain : dependencyTypeOf(fact)!;
    const found = filesOfContext(this.#state.db, origin.directory, context!, resolveOptionsOfId(this.#state.optionsId));
    if (found === undefined) this.#state.complete = false;
    for (const request of found ?? []) {
      const to = this.#connect(origin, request, dependencyType, "esm", index);
      this.#askFor(origin.id, "all", request, to);
    }
  }

  /** Asks a barrel for what a request takes of it. */
  #askFor(file: FilePath, index: number | "all" | undefined, request: string, to: string | undefined): void {
    if (to === undefined || this.#state.modules.get(to)?.type !== "normal") return;
    const ids = this.#barrels.idsAsked(to, file, index);
    if (ids === undefined) return;
    this.#barrels.followed(file, index, request, to);
    this.#follow(this.#barrels.ask(to, ids));
  }

  #follow(activated: readonly Activation[]): void {
    for (const next of activated) this.#state.enqueue(next);
  }

  /** What nobody asked for is not in the build, and resolved to nothing. */
  #addDeferred(): void {
    for (const { file, index } of this.#barrels.deferred()) {
      const fact = this.#linksOf(file)!.facts.requests[index]!;
      this.#state.connections.push({
        from: file,
        to: undefined,
        request: fact.specifier ?? "",
        dependencyType: dependencyTypeOf(fact) ?? "",
        state: "inactive",
        requestIndex: index,
      });
    }
  }

  /** Only what leaves the container decides: whether a local import is erased changes no shared module. */
  #leaves(request: string, origin: Origin<Outcome>): boolean {
    const { directory, layer } = origin;
    const isTaken = this.#isExternal(request) || this.#plugins.takes(request, directory, layer);
    if (isTaken || this.#plugins.takesResources) return true;
    return !request.startsWith(".") && this.#state.resolve(request, origin.directory, "esm") === "missing";
  }

  #connect(
    origin: Origin<Outcome>,
    request: string,
    dependencyType: string,
    kind: "esm" | "cjs",
    requestIndex: number | undefined,
    taken?: readonly string[],
  ): string | undefined {
    const isUrl = dependencyType === "new URL()";
    // What is no shared or remote module is a file, whatever it holds.
    const to = isUrl ? this.#taken(origin, request) : this.#outcome(origin, request, kind);
    if (to === "ignored" || (isUrl && to === undefined)) return undefined;
    const made = { from: origin.id, to, request, dependencyType, state: "active", requestIndex } as const;
    const connection = taken === undefined ? made : { ...made, taken };
    this.#state.connect(origin.shared === undefined ? connection : madeConnection(origin.shared, connection));
    return to;
  }

  /** Where a request leads. A package's is found out once for all folders of a package. */
  #outcome(origin: Origin<Outcome>, request: string, asked: "esm" | "cjs"): Outcome["to"] {
    const kind = origin.kindOf(asked, this.#state);
    const known = isPackageRequest(request) ? origin.known(kind, this.#scopes) : undefined;
    const before = known?.get(request);
    if (before !== undefined) return before.to;
    const { told } = this.#state;
    const to = this.#taken(origin, request) ?? this.#normal(origin, request, kind);
    // What is wrong is told of every folder.
    if (this.#state.told === told) known?.set(request, { to });
    return to;
  }

  /** The external, shared or remote module that a request becomes. */
  #taken({ directory, layer }: Origin<Outcome>, request: string): string | undefined {
    return (
      this.#plugins.ofRequestAtOnce(request, directory, layer) ??
      this.#external(request) ??
      this.#plugins.ofRequest(request, directory, layer)
    );
  }

  #external(request: string): string | undefined {
    if (!this.#isExternal(request)) return undefined;
    const id = `external ${JSON.stringify(request)}`;
    this.#state.modules.set(id, { type: "external", id, container: this.#state.container.id, request });
    return id;
  }

  /** A plain module, unless its resource is that of a relative or absolute consume key. `undefined` when it is missing. */
  #normal(origin: Origin<Outcome>, request: string, kind: ResolveKind): string | "ignored" | undefined {
    const bare = request.replace(/^.*!/, "");
    if (bare.startsWith("data:")) return "ignored";
    const resolved = this.#state.resolve(bare, origin.directory, kind);
    if (typeof resolved !== "object") return resolved === "ignored" ? "ignored" : undefined;
    // With a query it is another resource.
    const isPlain = !/[?#]/.test(bare.slice(1));
    return (
      (isPlain ? this.#plugins.ofResource(resolved.file, origin.directory) : undefined) ??
      this.#addNormal(resolved.file, request, resolved.manifest, origin.layer)
    );
  }

  /** Externals and remotes take the request of a fallback as they do any other. */
  #addFallback(...asked: Parameters<AddFallback>): string {
    const [file, request] = asked;
    const elsewhere = this.#plugins.remoteAtOnce(request) ?? this.#external(request) ?? this.#plugins.remote(request);
    if (elsewhere !== undefined) return elsewhere;
    this.#addNormal(...asked);
    this.#follow(this.#barrels.ask(file, "all"));
    return file;
  }

  #addNormal(file: FilePath, request: string, manifest: FilePath | undefined, layer: string | undefined): string {
    const own = this.#layerOf === undefined ? layer : this.#layerOf(file, layer);
    // Only enhanced shares by layer.
    const shared = this.#state.container.implementation === "enhanced" ? own : undefined;
    this.#plugins.offer(request, file, manifest, shared);
    this.#state.addNormal(file, own);
    return file;
  }
}

/** The whole graph, in steps; never throws. */
export function* buildGraph(db: Db, container: Container): Generator<void, ContainerGraph> {
  const state = new BuildState(db, container);
  if (container.refusal === undefined) yield* new GraphBuilder(state).build();
  else state.refuse(container.refusal);
  return {
    container: container.id,
    modules: state.modules,
    // A copy takes no more room than it needs.
    connections: state.connections.slice(),
    problems: state.problems,
    runtimeCallers: [...state.runtimeCallers],
    complete: state.complete,
  };
}
