/**
 * All federation plugin instances of one build, asked in the bundler's order. webpack and enhanced ask every instance for
 * shared modules before the first one for remotes; Rspack goes from instance to instance.
 */
import type { FilePath } from "../vfs/path.ts";
import type { BuildState } from "./buildState.ts";
import { type AddFallback, ConsumeModules } from "./consumeModules.ts";
import { type PluginTables, tablesOf } from "./pluginTables.ts";
import { ProvideModules } from "./provideModules.ts";
import { remoteModule } from "./remoteModule.ts";

export class FederationPlugins {
  readonly tables: readonly PluginTables[];
  readonly #state: BuildState;
  readonly #consumes: readonly ConsumeModules[];
  readonly #provides: readonly ProvideModules[];
  readonly #isRspack: boolean;
  /** How many come before the externals. */
  readonly #early: number;

  constructor(state: BuildState, addFallback: AddFallback, onProvided: (file: FilePath) => void) {
    this.#state = state;
    this.tables = tablesOf(state.container);
    this.#early = this.tables.filter(({ early }) => early).length;
    this.#isRspack = state.container.implementation === "rspack";
    this.#consumes = this.tables.map((tables) => new ConsumeModules(state, tables, addFallback));
    this.#provides = this.tables.map((tables) => new ProvideModules(state, tables, onProvided));
  }

  /** Reads the keys that are paths. */
  prepare(): void {
    for (const consumes of this.#consumes) consumes.resolvePathKeys();
    for (const provides of this.#provides) provides.takePathKeys();
  }

  /** Whether some file is shared by its place, however it is asked for. */
  get takesResources(): boolean {
    return this.#consumes.some((consumes) => consumes.takesResources);
  }

  /** Whether a relative request may be a remote's. */
  get hasRelativeRemotes(): boolean {
    return this.tables.some(({ remotes }) => remotes.some(({ alias }) => alias.startsWith(".")));
  }

  /** Whether a request becomes a shared or remote module, or leads to one that is provided in some layer. */
  takes(request: string, directory: FilePath, layer: string | undefined): boolean {
    return (
      this.tables.some((tables) => remoteModule(tables, request) !== undefined) ||
      this.#consumes.some((consumes) => consumes.match(request, directory, layer) !== undefined) ||
      this.#provides.some((provides) => provides.mayTake(request))
    );
  }

  /** What a request becomes before externals are looked at, by its id. */
  ofRequestAtOnce(request: string, directory: FilePath, layer: string | undefined): string | undefined {
    return this.#early === 0 ? undefined : this.#ofRequest(request, directory, layer, 0, this.#early);
  }

  /** The shared or remote module that a request becomes, by its id; `undefined` where it is resolved as any other. */
  ofRequest(request: string, directory: FilePath, layer: string | undefined): string | undefined {
    const found = this.#ofRequest(request, directory, layer, this.#early, this.tables.length);
    return found ?? (this.#isRspack ? undefined : this.remote(request));
  }

  #ofRequest(
    request: string,
    directory: FilePath,
    layer: string | undefined,
    from: number,
    to: number,
  ): string | undefined {
    for (let index = from; index < to; index++) {
      const remote = this.#isRspack ? this.#remoteOf(this.tables[index]!, request) : undefined;
      const found = remote ?? this.#consumes[index]!.ofRequest(request, directory, layer);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The shared module that a file becomes which is shared by its place. */
  ofResource(file: FilePath, directory: FilePath): string | undefined {
    for (const consumes of this.#consumes) {
      const found = consumes.ofResource(file, directory);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  remoteAtOnce(request: string): string | undefined {
    return this.#early === 0 ? undefined : this.#remoteOfAny(this.tables.slice(0, this.#early), request);
  }

  remote(request: string): string | undefined {
    return this.#remoteOfAny(this.tables, request);
  }

  #remoteOfAny(all: readonly PluginTables[], request: string): string | undefined {
    for (const tables of all) {
      const found = this.#remoteOf(tables, request);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #remoteOf(tables: PluginTables, request: string): string | undefined {
    const module = remoteModule(tables, request);
    if (module !== undefined && !this.#state.modules.has(module.id)) this.#state.modules.set(module.id, module);
    return module?.id;
  }

  /** A file that a request resolved to: whoever provides it takes it. */
  offer(request: string, file: FilePath, manifest: FilePath | undefined, layer: string | undefined): void {
    for (const provides of this.#provides) provides.offer(request, file, manifest, layer);
  }

  /** Adds what is provided; each instance once all that the former ones brought in has been `followed`. */
  *addProvided(followed: () => Generator<void, void>): Generator<void, void> {
    for (const provides of this.#provides) {
      provides.addModules();
      yield* followed();
    }
  }
}
