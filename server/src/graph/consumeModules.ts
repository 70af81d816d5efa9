/** The consume-shared modules that one plugin instance makes, each with the fallback that it falls back to. */
import type { ConsumeShared } from "../model/shared.ts";
import { manifestOf, manifestPlace } from "../project/manifest.ts";
import { resolveOptionsOfId } from "../project/resolveModule.ts";
import { type FilePath, isAbsolutePath, isRelativePath, joinPath, parentPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { BuildState } from "./buildState.ts";
import { type ConsumeIdentity, consumeIdentifier } from "./identifiers.ts";
import { type ConsumeMatch, consumeTable, matchConsume } from "./matching.ts";
import type { ConsumeSharedModule } from "./module.ts";
import type { PluginTables } from "./pluginTables.ts";
import { inferRequiredVersion } from "./requiredVersion.ts";
import { consumePassesFilters } from "./versionFilters.ts";

/**
 * Adds what a fallback's request leads to: the plain module of `file`, with the package.json above it, if nothing else in
 * the build takes the request. Gives its id.
 */
export type AddFallback = (
  file: FilePath,
  request: string,
  manifest: FilePath | undefined,
  layer: string | undefined,
) => string;

/** Matches requests and resources against the consumes of a plugin instance, and adds the modules of those that match. */
export class ConsumeModules {
  readonly #state: BuildState;
  readonly #tables: PluginTables;
  readonly #addFallback: AddFallback;
  readonly #table;
  readonly #byResource = new Map<FilePath, number>();
  /** The modules of what was asked before, by consume, folder and request. */
  readonly #asked = new Map<string, string | undefined>();

  constructor(state: BuildState, tables: PluginTables, addFallback: AddFallback) {
    this.#state = state;
    this.#tables = tables;
    this.#addFallback = addFallback;
    this.#table = consumeTable(tables.consumes);
  }

  /** Relative keys are resolved from the compiler's context; they win over absolute ones of the same file. */
  resolvePathKeys(): void {
    const { consumes, implementation } = this.#tables;
    const keys = [...this.#table.absolute, ...this.#table.relative];
    const files = new Map(keys.map((index) => [index, this.#fileOfKey(consumes[index]!)]));
    // Rspack resolves them one by one; the others at once, where the one that takes most tries comes last. The last wins.
    const tries = (index: number): number => this.#triesFor(consumes[index]!.request, files.get(index));
    if (implementation === "rspack") keys.sort((left, right) => left - right);
    else keys.sort((left, right) => tries(left) - tries(right));
    for (const index of keys) {
      const file = files.get(index);
      if (file !== undefined) this.#byResource.set(file, index);
    }
  }

  /** How many files are looked for until a key's is found. */
  #triesFor(request: string, file: FilePath | undefined): number {
    if (isAbsolutePath(request) || file === undefined) return 0;
    const { extensionAlias = {}, extensions } = resolveOptionsOfId(this.#state.optionsId);
    const written = /\.\w+$/.exec(request)?.[0];
    const instead = written === undefined ? undefined : extensionAlias[written];
    const isFull = written !== undefined && file.endsWith(request.slice(1));
    if (isFull && instead === undefined) return 1;
    const place = (instead ?? extensions).findIndex((extension) => file.endsWith(extension));
    return place + (instead === undefined ? 2 : 1);
  }

  /** Whether some file is shared by its place, however it is asked for. */
  get takesResources(): boolean {
    return this.#byResource.size > 0;
  }

  #fileOfKey({ request, source }: ConsumeShared): FilePath | undefined {
    if (isAbsolutePath(request)) return joinPath(request);
    const { context } = this.#state.container;
    const resolved = this.#state.resolve(request, context, "esm");
    if (typeof resolved === "object") return resolved.file;
    const message = `Module not found: Error: Can't resolve '${request}' in '${context}'`;
    this.#state.problem("error", `shared module ${request}`, message, source);
    return undefined;
  }

  /** How a request asked from a folder matches a consume; `undefined`: it does not. */
  match(request: string, directory: FilePath, layer: string | undefined): ConsumeMatch | undefined {
    return matchConsume(this.#tables, this.#table, request, directory, layer);
  }

  /** The module's id, where the request is shared. */
  ofRequest(request: string, directory: FilePath, layer: string | undefined): string | undefined {
    const match = this.match(request, directory, layer);
    if (match === undefined) return undefined;
    const asked = `${match.consume} ${directory}\0${request}`;
    if (!this.#asked.has(asked)) this.#asked.set(asked, this.#add(match, directory));
    return this.#asked.get(asked);
  }

  /** The module's id, where a file is that of a relative or absolute key. */
  ofResource(file: FilePath, directory: FilePath): string | undefined {
    const consume = this.#byResource.get(file);
    if (consume === undefined) return undefined;
    const { shareKey, import: fallback } = this.#tables.consumes[consume]!;
    return this.#add({ consume, request: file, shareKey, import: fallback }, directory);
  }

  #add(match: ConsumeMatch, directory: FilePath): string | undefined {
    const consume = this.#tables.consumes[match.consume]!;
    const direct = match.import !== undefined && (isRelativePath(match.import) || isAbsolutePath(match.import));
    const base = direct ? this.#state.container.context : directory;
    const resolved = match.import === undefined ? "ignored" : this.#state.resolve(match.import, base, "esm");
    const fallback = typeof resolved === "object" ? resolved : undefined;
    if (resolved === "missing") {
      const subject = `resolving fallback for shared module ${match.request}`;
      this.#state.problem(
        "error",
        subject,
        `Module not found: Error: Can't resolve '${match.import}' in '${base}'`,
        consume.source,
      );
    }
    const required = this.#requiredVersion(consume, match, directory);
    if (fallback !== undefined && !this.#passesFilters(consume, match.request, fallback.file, fallback.manifest))
      return undefined;
    const identity: ConsumeIdentity = {
      shareScopes: consume.shareScopes,
      shareKey: match.shareKey,
      requiredVersion: required.version,
      strictVersion: consume.strictVersion,
      singleton: consume.singleton,
      eager: consume.eager,
      fallback: fallback?.file ?? null,
      layer: consume.layer,
    };
    const known = this.#state.consumeIds.get(JSON.stringify(identity));
    if (known !== undefined) return known;
    for (const [index, shareScope] of consume.shareScopes.entries()) {
      const id = this.#newId(index === 0 ? identity : { ...identity, shareScopes: [shareScope] });
      if (index === 0) this.#state.consumeIds.set(JSON.stringify(identity), id);
      const module: ConsumeSharedModule = {
        type: "consume-shared",
        id,
        container: this.#tables.owner,
        ...identity,
        shareScope,
        requiredVersionSource: required.source,
        import: fallback === undefined ? undefined : match.import,
        consume: this.#tables.firstConsume + match.consume,
      };
      this.#state.modules.set(id, module);
      if (fallback === undefined || match.import === undefined) continue;
      const to = this.#addFallback(fallback.file, match.import, fallback.manifest, consume.layer);
      this.#state.connections.push({
        from: id,
        to,
        request: match.import,
        dependencyType: "consume shared fallback",
        state: "active",
        requestIndex: undefined,
      });
    }
    return this.#state.consumeIds.get(JSON.stringify(identity));
  }

  /** As the bundler prints it; a number tells apart what it prints alike. */
  #newId(identity: ConsumeIdentity): string {
    const { context, implementation } = this.#state.container;
    const printed = consumeIdentifier(context, implementation, identity);
    let id = printed;
    for (let count = 2; this.#state.modules.has(id); count++) id = `${printed} #${count}`;
    return id;
  }

  #requiredVersion(
    consume: ConsumeShared,
    match: ConsumeMatch,
    directory: FilePath,
  ): { readonly version: string | false | null; readonly source: SourceRange | undefined } {
    if (typeof consume.requiredVersion === "object")
      return { version: consume.requiredVersion.range, source: consume.requiredVersionSource };
    if (consume.requiredVersion === "unknown") return { version: null, source: consume.requiredVersionSource };
    const inferred = inferRequiredVersion(
      this.#state.db,
      directory,
      match.request,
      consume.packageName,
      this.#state.container.implementation,
    );
    if (inferred.warning !== undefined) {
      this.#state.problem(
        "warning",
        `shared module ${match.request}`,
        `No required version specified and unable to automatically determine one. ${inferred.warning}`,
        consume.source,
      );
    }
    const { place } = inferred;
    return {
      version: inferred.version ?? null,
      source: place === undefined ? undefined : manifestPlace(this.#state.db, place.file, [place.field, place.name]),
    };
  }

  #passesFilters(consume: ConsumeShared, request: string, fallback: FilePath, manifest: FilePath | undefined): boolean {
    const found = manifestOf(this.#state.db, parentPath(manifest ?? fallback));
    return consumePassesFilters(this.#state.container.implementation, consume, request, found);
  }
}
