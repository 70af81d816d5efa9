/**
 * The module graph of one container's build, from its entries and exposes on, as the bundler makes it: every request is
 * offered to the remotes, then to the consumes, then resolved; every resolved module is offered to the provides.
 */
import { DYNAMIC } from "../evaluate/evaluated.ts";
import type { ConsumeShared } from "../model/shared.ts";
import { manifestOf, manifestPlace, manifestsAbove } from "../project/manifest.ts";
import { type Resolution, type ResolveKind, resolveModule } from "../project/resolveModule.ts";
import { moduleFacts, type RequestFact } from "../syntax/index.ts";
import { baseName, extensionOf, type FilePath, isAbsolutePath, joinPath, parentPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import type { Container } from "./container.ts";
import { isErasedImport } from "./erasedImports.ts";
import { externalTest } from "./externals.ts";
import { consumeIdentifier, containerEntryIdentifier, provideIdentifier, remoteIdentifier } from "./identifiers.ts";
import { jsxRequest } from "./jsxRuntime.ts";
import {
  type ConsumeMatch,
  consumeTable,
  isRelativeRequest,
  matchConsume,
  matchProvides,
  type ProvideMatch,
  provideTable,
} from "./matching.ts";
import type {
  Connection,
  ConsumeSharedModule,
  ContainerGraph,
  GraphModule,
  GraphProblem,
  ProvideSharedModule,
} from "./module.ts";
import { remoteAddress } from "./remoteAddress.ts";
import { inferRequiredVersion } from "./requiredVersion.ts";
import { resolveOptionsOf } from "./resolveOptions.ts";
import { unknownOption } from "./validOptions.ts";
import { versionPassesFilters } from "./versionFilters.ts";

/** The words of `Connection.dependencyType` for what the text says. */
const DEPENDENCY_TYPES: Partial<Readonly<Record<RequestFact["kind"], string>>> = {
  "esm import": "esm import",
  "esm export": "esm export",
  "import()": "import()",
  "cjs require": "cjs require",
  "require.resolve": "require.resolve",
  "new URL": "new URL()",
};

interface Origin {
  /** Id of the module that asks. */
  readonly id: string;
  readonly directory: FilePath;
  readonly layer: string | undefined;
}

/** A resource that a provide matched: what the provide-shared module is made of at the end. */
interface ProvidedResource {
  readonly provide: number;
  readonly shareKey: string;
  readonly version: string | false;
}

class GraphBuilder {
  readonly modules = new Map<string, GraphModule>();
  readonly connections: Connection[] = [];
  readonly problems: GraphProblem[] = [];
  readonly runtimeCallers = new Set<FilePath>();
  complete: boolean;
  readonly #db: Db;
  readonly #container: Container;
  readonly #options: number;
  readonly #consumes;
  readonly #provides;
  readonly #isExternal: (request: string) => boolean;
  readonly #pathConsumes = new Map<FilePath, number>();
  readonly #provided = new Map<FilePath, ProvidedResource>();
  readonly #queue: { readonly file: FilePath; readonly layer: string | undefined }[] = [];
  readonly #warned = new Set<string>();

  constructor(db: Db, container: Container) {
    this.#db = db;
    this.#container = container;
    this.#options = resolveOptionsOf(container.config);
    this.#consumes = consumeTable(container.consumes);
    this.#provides = provideTable(container.provides);
    this.#isExternal = externalTest(container.config);
    this.complete = container.config.build.entriesComplete && container.complete.shared && container.complete.exposes;
  }

  build(): void {
    this.#resolvePathKeys();
    this.#addEntries();
    this.#addExposes();
    this.#drain();
    this.#addProvides();
    this.#drain();
  }

  /** An option that the plugin's schema does not know: the bundler stops before it builds anything. */
  refuse(option: string): void {
    this.complete = false;
    const message = `Invalid options object. Module Federation Plugin has been initialized using an options object that does not match the API schema: unknown property '${option}'`;
    this.#problem("error", "options", message, this.#container.config.source);
  }

  #resolve(request: string, directory: FilePath, kind: ResolveKind): Resolution {
    return resolveModule(this.#db, request, directory, this.#options, kind);
  }

  #problem(severity: "warning" | "error", subject: string, message: string, source: SourceRange | undefined): void {
    if (this.#warned.has(`${subject}\0${message}`)) return;
    this.#warned.add(`${subject}\0${message}`);
    this.problems.push({ severity, subject, message, source });
  }

  /** Relative keys are resolved from the compiler's context, and matched by resource. */
  #resolvePathKeys(): void {
    for (const index of this.#consumes.paths) {
      const consume = this.#container.consumes[index]!;
      if (isAbsolutePath(consume.request)) {
        this.#pathConsumes.set(joinPath(consume.request), index);
        continue;
      }
      const resolved = this.#resolve(consume.request, this.#container.context, "esm");
      if (typeof resolved === "object") this.#pathConsumes.set(resolved.file, index);
      else
        this.#problem(
          "error",
          `shared module ${consume.request}`,
          `Module not found: Error: Can't resolve '${consume.request}' in '${this.#container.context}'`,
          consume.source,
        );
    }
    for (const index of this.#provides.paths) {
      const provide = this.#container.provides[index]!;
      if (isAbsolutePath(provide.request)) this.#provided.set(joinPath(provide.request), this.#configured(index));
    }
  }

  #configured(index: number): ProvidedResource {
    const provide = this.#container.provides[index]!;
    const version = typeof provide.version === "object" ? provide.version.version : false;
    return { provide: index, shareKey: provide.shareKey, version };
  }

  #addEntries(): void {
    const { entries, context } = this.#container.config.build;
    for (const entry of entries) {
      for (const request of entry.requests) {
        if (!request.known) this.complete = false;
        else
          this.#connect(
            { id: `entry ${entry.name}`, directory: context, layer: entry.layer },
            request.value,
            "esm import",
            "esm",
            undefined,
          );
      }
    }
  }

  #addExposes(): void {
    const { exposes, name = "", filename, context } = this.#container;
    if (exposes.length === 0) return;
    const id = containerEntryIdentifier(
      name,
      exposes.map((expose) => expose.key),
    );
    const table = Object.fromEntries(exposes.map((expose) => [expose.key, expose.requests]));
    this.modules.set(id, {
      type: "container-entry",
      id,
      container: this.#container.id,
      name,
      filename,
      exposes: table,
    });
    for (const expose of exposes) {
      for (const request of expose.requests) {
        if (request.includes(DYNAMIC)) this.complete = false;
        else
          this.#connect({ id, directory: context, layer: undefined }, request, "container exposed", "esm", undefined);
      }
    }
  }

  #drain(): void {
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) this.#visit(next.file, next.layer);
  }

  #visit(file: FilePath, layer: string | undefined): void {
    const facts = moduleFacts(this.#db, file);
    if (facts === undefined) return;
    if (facts.broken) this.complete = false;
    const origin: Origin = { id: file, directory: parentPath(file), layer };
    for (const [index, fact] of facts.requests.entries()) {
      if (fact.kind === "load remote" || fact.kind === "load share") this.runtimeCallers.add(file);
      const dependencyType = DEPENDENCY_TYPES[fact.kind];
      if (dependencyType === undefined || fact.typeOnly) continue;
      if (fact.specifier === undefined) {
        if (fact.kind === "import()" || fact.kind === "cjs require") this.complete = false;
        continue;
      }
      if (fact.kind === "esm import" && !fact.sideEffectOnly && this.#isShared(fact.specifier, origin)) {
        if (isErasedImport(this.#db, file, index)) continue;
      }
      const kind = fact.kind === "cjs require" || fact.kind === "require.resolve" ? "cjs" : "esm";
      this.#connect(origin, fact.specifier, dependencyType, kind, index);
    }
    const jsx = jsxRequest(this.#db, file, facts);
    if (jsx !== undefined) this.#connect(origin, jsx, "esm import", "esm", undefined);
  }

  /** Only what leaves the container decides: whether a local import is erased changes no shared module. */
  #isShared(request: string, origin: Origin): boolean {
    return (
      this.#container.remotes.some(({ alias }) => request === alias || request.startsWith(`${alias}/`)) ||
      matchConsume(this.#container, this.#consumes, request, origin.directory, origin.layer) !== undefined
    );
  }

  #connect(
    origin: Origin,
    request: string,
    dependencyType: string,
    kind: ResolveKind,
    requestIndex: number | undefined,
  ): void {
    const to =
      dependencyType === "new URL()" && !isModuleRequest(request)
        ? undefined
        : (this.#external(request) ??
          this.#remote(request) ??
          this.#consume(origin, request) ??
          this.#normal(origin, request, kind));
    if (to === "ignored") return;
    if (dependencyType === "new URL()" && to === undefined) return;
    this.connections.push({ from: origin.id, to, request, dependencyType, state: "active", requestIndex });
  }

  #external(request: string): string | undefined {
    if (!this.#isExternal(request)) return undefined;
    const id = `external ${JSON.stringify(request)}`;
    this.modules.set(id, { type: "external", id, container: this.#container.id, request });
    return id;
  }

  #remote(request: string): string | undefined {
    if (request.includes("!")) return undefined;
    for (const remote of this.#container.remotes) {
      if (request !== remote.alias && !request.startsWith(`${remote.alias}/`)) continue;
      const internal = `.${request.slice(remote.alias.length)}`;
      const id = remoteIdentifier(remote.shareScopes[0] ?? "default", remote.alias, remote.addresses.length, internal);
      const externalType = remoteAddress(remote.addresses[0] ?? "").externalType;
      this.modules.set(id, {
        type: "remote",
        id,
        container: this.#container.id,
        remote: remote.alias,
        request,
        externalType,
        entry: remote.entry,
      });
      return id;
    }
    return undefined;
  }

  #consume(origin: Origin, request: string): string | undefined {
    const match = matchConsume(this.#container, this.#consumes, request, origin.directory, origin.layer);
    return match === undefined ? undefined : this.#consumeModule(match, origin.directory);
  }

  /** A plain module, unless its resource is that of a relative or absolute consume key. `undefined` when it is missing. */
  #normal(origin: Origin, request: string, kind: ResolveKind): string | "ignored" | undefined {
    const bare = request.replace(/^.*!/, "");
    const resolved = this.#resolve(bare, origin.directory, kind);
    if (typeof resolved !== "object") return resolved === "ignored" ? "ignored" : undefined;
    const consume = this.#pathConsumes.get(resolved.file);
    if (consume !== undefined) {
      const { shareKey, import: fallback } = this.#container.consumes[consume]!;
      const id = this.#consumeModule({ consume, request: resolved.file, shareKey, import: fallback }, origin.directory);
      if (id !== undefined) return id;
    }
    return this.#normalModule(resolved.file, request, resolved.manifest, origin.layer);
  }

  #normalModule(file: FilePath, request: string, manifest: FilePath | undefined, layer: string | undefined): string {
    this.#offerToProvides(request, file, manifest, layer);
    if (!this.modules.has(file)) {
      this.modules.set(file, { type: "normal", id: file, container: this.#container.id, file });
      this.#queue.push({ file, layer });
    }
    return file;
  }

  #consumeModule(match: ConsumeMatch, directory: FilePath): string | undefined {
    const consume = this.#container.consumes[match.consume]!;
    const direct = match.import !== undefined && (isRelativeRequest(match.import) || isAbsolutePath(match.import));
    const base = direct ? this.#container.context : directory;
    const resolved = match.import === undefined ? "ignored" : this.#resolve(match.import, base, "esm");
    const fallback = typeof resolved === "object" ? resolved : undefined;
    if (resolved === "missing") {
      const subject = `resolving fallback for shared module ${match.request}`;
      this.#problem(
        "error",
        subject,
        `Module not found: Error: Can't resolve '${match.import}' in '${base}'`,
        consume.source,
      );
    }
    const required = this.#requiredVersion(consume, match, directory);
    if (fallback !== undefined && !this.#passesFilters(consume, match.request, fallback.file, fallback.manifest))
      return undefined;
    let first: string | undefined;
    for (const shareScope of consume.shareScopes) {
      const identity = {
        shareScope,
        shareKey: match.shareKey,
        requiredVersion: required.version,
        strictVersion: consume.strictVersion,
        singleton: consume.singleton,
        eager: consume.eager,
        fallback: fallback?.file ?? null,
        layer: consume.layer,
      };
      const id = consumeIdentifier(this.#container.context, identity);
      first ??= id;
      if (this.modules.has(id)) continue;
      const module: ConsumeSharedModule = {
        type: "consume-shared",
        id,
        container: this.#container.id,
        ...identity,
        requiredVersionSource: required.source,
        import: fallback === undefined ? undefined : match.import,
        consume: match.consume,
      };
      this.modules.set(id, module);
      if (fallback === undefined || match.import === undefined) continue;
      this.#normalModule(fallback.file, match.import, fallback.manifest, consume.layer);
      this.connections.push({
        from: id,
        to: fallback.file,
        request: match.import,
        dependencyType: "consume shared fallback",
        state: "active",
        requestIndex: undefined,
      });
    }
    return first;
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
      this.#db,
      directory,
      match.request,
      consume.packageName,
      this.#container.implementation,
    );
    if (inferred.warning !== undefined) {
      this.#problem(
        "warning",
        `shared module ${match.request}`,
        `No required version specified and unable to automatically determine one. ${inferred.warning}`,
        consume.source,
      );
    }
    const { place } = inferred;
    return {
      version: inferred.version ?? null,
      source: place === undefined ? undefined : manifestPlace(this.#db, place.file, [place.field, place.name]),
    };
  }

  #passesFilters(consume: ConsumeShared, request: string, fallback: FilePath, manifest: FilePath | undefined): boolean {
    const found = manifestOf(this.#db, parentPath(manifest ?? fallback));
    return versionPassesFilters(this.#container.implementation, consume, request, found);
  }

  #offerToProvides(request: string, file: FilePath, manifest: FilePath | undefined, layer: string | undefined): void {
    if (this.#provided.has(file)) return;
    for (const match of matchProvides(this.#container, this.#provides, request, file, layer)) {
      const provide = this.#container.provides[match.provide]!;
      const version = this.#providedVersion(match, file, manifest);
      if (version === undefined) continue;
      const found = { name: undefined, version: version === false ? undefined : version };
      if (!versionPassesFilters("webpack", provide, request, found)) continue;
      this.#provided.set(file, { provide: match.provide, shareKey: match.shareKey, version });
    }
  }

  /** `undefined`: nothing is provided, as Rspack has it where a version is missing. */
  #providedVersion(
    match: ProvideMatch,
    file: FilePath,
    manifestFile: FilePath | undefined,
  ): string | false | undefined {
    const { request } = match;
    const { implementation } = this.#container;
    const provide = this.#container.provides[match.provide]!;
    if (typeof provide.version === "object") return provide.version.version;
    const manifest = manifestFile === undefined ? undefined : manifestOf(this.#db, parentPath(manifestFile));
    if (manifest?.version !== undefined && manifest.version !== "") return manifest.version;
    const parent =
      implementation === "webpack" || manifestFile === undefined
        ? undefined
        : implementation === "rspack"
          ? parentPackageVersion(this.#db, parentPath(manifestFile), match.shareKey)
          : this.#parentRange(manifestFile, request);
    if (parent !== undefined) return parent;
    const details =
      manifest === undefined
        ? "No description file (usually package.json) found. Add description file with name and version, or manually specify version in shared config."
        : `No version in description file (usually package.json). Add version to description file ${manifest.file}, or manually specify version in shared config.`;
    this.#problem(
      "warning",
      `shared module ${request} -> ${file}`,
      `No version specified and unable to automatically determine one. ${details}`,
      provide.source,
    );
    return implementation === "rspack" ? undefined : false;
  }

  /** enhanced takes the range that the manifest one folder up requires for a version. */
  #parentRange(manifestFile: FilePath, request: string): string | undefined {
    const directory = parentPath(parentPath(manifestFile));
    if (manifestOf(this.#db, directory) === undefined) return undefined;
    const inferred = inferRequiredVersion(this.#db, directory, request, request, "enhanced");
    const own = inferred.place !== undefined && parentPath(inferred.place.file) === directory;
    return own ? inferred.version || undefined : undefined;
  }

  #addProvides(): void {
    for (const index of this.#provides.paths) {
      const provide = this.#container.provides[index]!;
      if (!isRelativeRequest(provide.request)) continue;
      const resolved = this.#resolve(provide.request, this.#container.context, "esm");
      const file = typeof resolved === "object" ? resolved.file : joinPath(this.#container.context, provide.request);
      this.#provideModule(file, this.#configured(index));
    }
    for (const [resource, provided] of this.#provided) this.#provideModule(resource, provided);
  }

  #provideModule(resource: FilePath, { provide: index, shareKey, version }: ProvidedResource): void {
    const provide = this.#container.provides[index]!;
    for (const shareScope of provide.shareScopes) {
      const id = provideIdentifier(this.#container.context, shareScope, shareKey, version, resource);
      const module: ProvideSharedModule = {
        type: "provide-shared",
        id,
        container: this.#container.id,
        shareScope,
        shareKey,
        version,
        resource,
        eager: provide.eager,
        layer: provide.layer,
        provide: index,
      };
      this.modules.set(id, module);
      if (!this.modules.has(resource)) {
        this.modules.set(resource, { type: "normal", id: resource, container: this.#container.id, file: resource });
        this.#queue.push({ file: resource, layer: provide.layer });
      }
      this.connections.push({
        from: id,
        to: resource,
        request: provide.request,
        dependencyType: "provide module for shared",
        state: "active",
        requestIndex: undefined,
      });
    }
  }
}

/** Rspack: for a package's secondary entry with a manifest of its own, the version of the package it belongs to. */
function parentPackageVersion(db: Db, directory: FilePath, shareKey: string): string | undefined {
  for (const { file, name, version } of manifestsAbove(db, parentPath(directory))) {
    const inside = directory.slice(parentPath(joinPath(file)).length + 1);
    if (name !== undefined && version !== undefined && shareKey === `${name}/${inside}`) return version;
  }
  return undefined;
}

/** Workers and other code asked for by `new URL`, not images and the like. */
function isModuleRequest(request: string): boolean {
  return /^\.\.?\//.test(request) && /^(?:\.[cm]?[jt]sx?)?$/.test(extensionOf(baseName(request)));
}

/** The whole graph; never throws. */
export function buildGraph(db: Db, container: Container): ContainerGraph {
  const builder = new GraphBuilder(db, container);
  const option = unknownOption(container.config);
  if (option === undefined) builder.build();
  else builder.refuse(option);
  return {
    container: container.id,
    modules: builder.modules,
    connections: builder.connections,
    problems: builder.problems,
    runtimeCallers: [...builder.runtimeCallers],
    complete: builder.complete,
  };
}
