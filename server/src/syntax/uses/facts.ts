/** What is said of a module's uses: plain data, without offsets. */
import type { ConstantExpression, Guard } from "../guards.ts";
import type { UsedBy } from "./innerGraph.ts";

export type UseKind = "import" | "import()" | "require" | "full require" | "classic jsx";

export interface RequestUse {
  /** Index of the request in the file's facts; `undefined` for the request of the JSX transform. */
  readonly request: number | undefined;
  /** `classic jsx`: elements name `React` only where the transform is the classic one. */
  readonly kind: UseKind;
  /** Exported name and members: `["default", "colors"]`; empty for the whole module. */
  readonly path: readonly string[];
  /** What Rspack takes in the place of `path`, where that differs: the object that an optional call or chain starts from. */
  readonly pathInRspack?: readonly string[];
  /** What a pattern takes of `path`, and nothing else. */
  readonly taken?: readonly (readonly string[])[];
  /** The path is called: its last member is then read from an object that the function gets as `this`. */
  readonly called: boolean;
  /** The imported name itself, not a member of it. */
  readonly direct: boolean;
  readonly usedBy: UsedBy;
  /** The same in Rspack, where that differs. */
  readonly usedByInRspack?: UsedBy;
  readonly guards?: readonly Guard[];
}

/** A name in an import clause. */
export interface ImportedName {
  readonly request: number;
  /** `*` for a namespace. */
  readonly imported: string;
  readonly local: string;
  /** Marked `type`: no run-time import. */
  readonly typeOnly: boolean;
}

/** `export … from`, and exports of imported names. */
export interface Reexport {
  readonly request: number;
  /** `undefined` for the namespace: `export *`, `export * as x`. */
  readonly imported: string | undefined;
  /** `undefined` for `export *`. */
  readonly exported: string | undefined;
}

/** `exports.a = require("b").c`. */
export interface ExportedRequire {
  readonly request: number;
  /** Empty for `module.exports`. */
  readonly exported: readonly string[];
  readonly path: readonly string[];
  /** The value of the assignment is taken too. */
  readonly resultUsed: boolean;
  readonly getter: boolean;
  /** By a constant that holds the other module, or a property definition: for Rspack it is required like any other. */
  readonly indirect: boolean;
  readonly guards?: readonly Guard[];
}

export interface ModuleUses {
  readonly imports: readonly ImportedName[];
  readonly uses: readonly RequestUse[];
  readonly reexports: readonly Reexport[];
  readonly exportedRequires: readonly ExportedRequire[];
  /** Its own exports that its code reads: `exports.a`; an empty path for all. */
  readonly own: readonly (readonly string[])[];
  /** Imports that a TypeScript compile leaves out unless told to keep them. */
  readonly erasable: readonly number[];
  /** No top-level statement has an effect: the module is skipped when nothing of it is used. */
  readonly pure: boolean;
  /** The same as Rspack tells it. */
  readonly pureInRspack: boolean;
  /** Where tests are constant: `import` bindings by local name, as request and exported name. */
  readonly named: Readonly<Record<string, readonly [number, string]>>;
  /** Where tests are constant: names that the module gives what is constant, in the order of its text. */
  readonly constants: Readonly<Record<string, ConstantExpression>>;
  /** Everything may be used in ways that are not seen. */
  readonly uncertain: boolean;
}
