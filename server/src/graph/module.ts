/** Modules and connections of one container's build, in the contract's shapes; identifiers as the bundler prints them. */
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { ContainerId } from "./container.ts";

interface ModuleBase {
  /** Unique within its container. */
  readonly id: string;
  readonly container: ContainerId;
}

/** The same object in every build that holds the file. */
export interface NormalModule {
  readonly type: "normal";
  /** Its absolute path here and root-relative in output. */
  readonly id: string;
  readonly file: FilePath;
}

export interface ConsumeSharedModule extends ModuleBase {
  readonly type: "consume-shared";
  readonly shareScope: string;
  /** All scopes that the bundler's one module is for; there is a module here for each of them. */
  readonly shareScopes: readonly string[];
  readonly shareKey: string;
  /** A range, `false` where none is wanted, `null` where none could be determined. */
  readonly requiredVersion: string | false | null;
  /** The package.json (or config) place that the range comes from. */
  readonly requiredVersionSource: SourceRange | undefined;
  readonly import: string | undefined;
  readonly fallback: FilePath | null;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  readonly layer: string | undefined;
  /** Index of the consume in `Container.consumes`. */
  readonly consume: number;
}

export interface ProvideSharedModule extends ModuleBase {
  readonly type: "provide-shared";
  readonly shareScope: string;
  readonly shareScopes: readonly string[];
  readonly shareKey: string;
  readonly version: string | false;
  readonly resource: FilePath;
  readonly eager: boolean;
  readonly layer: string | undefined;
  readonly provide: number;
}

export interface ContainerEntryModule extends ModuleBase {
  readonly type: "container-entry";
  readonly name: string;
  readonly filename: string | undefined;
  readonly exposes: Readonly<Record<string, readonly string[]>>;
}

export interface RemoteModule extends ModuleBase {
  readonly type: "remote";
  readonly remote: string;
  readonly request: string;
  readonly shareScopes: readonly string[];
  /** What is asked of the container: `./Button`. */
  readonly internalRequest: string;
  readonly externalType: string;
  readonly entry: string | undefined;
}

export interface ExternalModule extends ModuleBase {
  readonly type: "external";
  readonly request: string;
}

export type GraphModule =
  | NormalModule
  | ConsumeSharedModule
  | ProvideSharedModule
  | ContainerEntryModule
  | RemoteModule
  | ExternalModule;

/**
 * As webpack names the states. Its dependencies end `active` or `inactive` alone: none gives `transitive-only`, and
 * `circular` is what it takes for an import of a module whose side effects it is just finding out.
 */
export type ConnectionState = "active" | "transitive-only" | "circular" | "inactive";

/** The dependency type of a `require` in the chunk that a call around it makes. */
export const ENSURED_REQUIRE = "ensured cjs require";

/** The dependency type of `require(test ? "a" : "b")`, for each of both. */
export const CHOSEN_REQUIRE = "chosen cjs require";

/** By `webpackMode: "weak"`, and the like for contexts. */
export const WEAK_IMPORT = "import() weak";
export const WEAK_CONTEXT = "require.context weak";

/** Dependency types of what makes a module and brings it into no chunk. */
export const WEAK: ReadonlySet<string> = new Set(["require.resolveWeak", WEAK_IMPORT, WEAK_CONTEXT]);

/** Dependency types of what begins a chunk of its own. */
export const ASYNCHRONOUS: ReadonlySet<string> = new Set([
  "import()",
  "require.ensure item",
  "amd require",
  ENSURED_REQUIRE,
]);

export interface Connection {
  readonly from: string;
  /** `undefined` when the request does not resolve. */
  readonly to: string | undefined;
  readonly request: string;
  readonly dependencyType: string;
  readonly state: ConnectionState;
  /** Index of the request in the facts of the file `from`; `undefined` for connections that no text made. */
  readonly requestIndex: number | undefined;
  /** What a provided name takes of the module: members, none for the whole. */
  readonly taken?: readonly string[];
}

/** A build-time warning or error that the bundler itself would print. */
export interface GraphProblem {
  readonly severity: "warning" | "error";
  readonly message: string;
  /** webpack's `file` of the problem: `shared module react`. */
  readonly subject: string;
  readonly source: SourceRange | undefined;
}

export interface ContainerGraph {
  readonly container: ContainerId;
  readonly modules: ReadonlyMap<string, GraphModule>;
  readonly connections: readonly Connection[];
  readonly problems: readonly GraphProblem[];
  /** Files that ask the federation runtime itself: `loadRemote("shop/Cart")`. */
  readonly runtimeCallers: readonly FilePath[];
  /** False when entries or requests are not known: what is missing here may exist. */
  readonly complete: boolean;
}
