/**
 * One federation plugin instance as its author wrote it, once evaluated and before defaults are filled in.
 * Made by `bundlers/`, read by everything above. Every part keeps the place it came from.
 */
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";

/** The tool whose configuration holds the instance. */
export type BundlerName =
  | "webpack"
  | "rspack"
  | "rsbuild"
  | "rslib"
  | "vite"
  | "rollup"
  | "modern.js"
  | "next"
  | "nuxt"
  | "craco"
  | "vue-cli"
  | "metro"
  | "storybook"
  | "angular"
  | "nx"
  | "native-federation"
  | "runtime"
  | "unknown";

/** Which implementation builds the graph. */
export type Implementation = "webpack" | "enhanced" | "rspack" | "vite" | "native-federation";

/** Which runtime negotiates share scopes: webpack's own, the 2.x `runtime-core`, or native federation's. */
export type FederationRuntime = "webpack" | "mf2" | "native-federation";

export interface ConfigEntry<T> {
  readonly key: string;
  readonly keySource: SourceRange;
  readonly value: T;
  readonly valueSource: SourceRange;
}

/** `remotes`, `exposes` or `shared`, array forms turned into entries, in the order of the bundler. */
export interface ConfigTable<T> {
  readonly entries: readonly ConfigEntry<T>[];
  /** False when a part could not be evaluated, so that entries may be missing: never claim absence then. */
  readonly complete: boolean;
  /** The whole option's value; `undefined` when the option is not given. */
  readonly source?: SourceRange;
  /** The option is a function that the tool calls (Nx): its entries are not known. */
  readonly isFunction?: boolean;
}

export interface SharedItem {
  /** How it was written: `react: {…}`, `react: "^18"`, or an item `"react"` of an array. */
  readonly form: "object" | "string" | "array-item";
  /** Every option by name, as written; a string form is already `requiredVersion` or `import`. */
  readonly options: ReadonlyMap<string, Evaluated<Json>>;
  /** False when a spread in it is unknown: an absent option may be set after all. */
  readonly complete: boolean;
}

export interface RemoteItem {
  /** The string as the plugin gets it, or the address of the object form. An array form has several. */
  readonly addresses: readonly Evaluated<string>[];
  readonly options: ReadonlyMap<string, Evaluated<Json>>;
}

export interface ExposeItem {
  /** Requests of the exposed module; the last one's exports are the expose's. */
  readonly requests: readonly Evaluated<string>[];
  readonly options: ReadonlyMap<string, Evaluated<Json>>;
}

export interface UnresolvedValue {
  /** `remotes.search`, `shared.react.requiredVersion`. */
  readonly path: string;
  readonly reason: string;
  readonly source: SourceRange;
}

/** An entry of the build that the instance belongs to. */
export interface BuildEntry {
  readonly name: string;
  readonly requests: readonly Evaluated<string>[];
  readonly layer?: string;
}

export interface ResolveAlias {
  /** As written: `name$` is exact. */
  readonly name: string;
  /** `false`: an empty module. */
  readonly target: string | readonly string[] | false;
}

/** What the enclosing bundler configuration says, as far as federation depends on it. */
export interface BuildOptions {
  /** The compiler's context: absolute directory from which relative requests resolve. */
  readonly context: FilePath;
  readonly entries: readonly BuildEntry[];
  /** False when entries could not be evaluated. */
  readonly entriesComplete: boolean;
  /** `resolve` of the bundler, unknown members left out. `alias` in order. */
  readonly resolve: {
    readonly extensions?: readonly string[];
    readonly alias?: readonly ResolveAlias[];
    readonly fallback?: readonly ResolveAlias[];
    readonly modules?: readonly string[];
    readonly mainFields?: readonly string[];
    readonly mainFiles?: readonly string[];
    readonly aliasFields?: readonly string[];
    readonly roots?: readonly string[];
    readonly extensionAlias?: Readonly<Record<string, readonly string[]>>;
    readonly preferRelative?: boolean;
    readonly conditionNames?: readonly string[];
    readonly exportsFields?: readonly string[];
    readonly symlinks?: boolean;
    /** Config file of a tsconfig-paths plugin or `resolve.tsconfig`; `true`: the nearest above each file that asks. */
    readonly tsconfig?: FilePath | true;
    /** False when a part could not be evaluated: a request that does not resolve may do so after all. */
    readonly complete: boolean;
  };
  /** Any other option by dotted path (`output.uniqueName`, `optimization.runtimeChunk`, `mode`, `target`, `externals`). */
  readonly options: ReadonlyMap<string, Evaluated<Json>>;
}

export interface FederationConfig {
  /** `<file>#<n>`, unique in the workspace. */
  readonly id: string;
  /** The file that contracts call `configPath`. */
  readonly file: FilePath;
  readonly bundler: BundlerName;
  readonly implementation: Implementation;
  readonly runtime: FederationRuntime;
  /** Class or function that receives the options, by its exported name: `ModuleFederationPlugin`. */
  readonly plugin: string;
  /** Module that exports it. */
  readonly pluginModule?: string;
  /** The options object or the call. */
  readonly source: SourceRange;
  readonly name?: Evaluated<string>;
  readonly filename?: Evaluated<string>;
  readonly remotes: ConfigTable<RemoteItem>;
  readonly exposes: ConfigTable<ExposeItem>;
  readonly shared: ConfigTable<SharedItem>;
  readonly shareScope?: Evaluated<Json>;
  readonly shareStrategy?: Evaluated<string>;
  /** Every further option of the plugin by name (`library`, `runtime`, `manifest`, `dts`, `experiments`, …). */
  readonly options: ReadonlyMap<string, Evaluated<Json>>;
  readonly unresolved: readonly UnresolvedValue[];
  /** Every file whose text the evaluation read. */
  readonly files: readonly FilePath[];
  readonly build: BuildOptions;
  /** Which of the file's build configurations lists the instance among its plugins, without any condition. */
  readonly compilation?: number;
}
