/** One consume and one provide, options filled in with the defaults of the implementation that builds the container. */
import type { SourceRange } from "../vfs/sourceRange.ts";

/** `include` / `exclude` of enhanced and Rspack. A regular expression is kept as its source and flags. */
export interface SharedFilter {
  readonly request?: string | { readonly source: string; readonly flags: string };
  readonly version?: string;
  readonly fallbackVersion?: string;
}

export interface ConsumeShared {
  /** The key under which requests are matched. */
  readonly request: string;
  readonly shareKey: string;
  readonly shareScopes: readonly string[];
  /** Request of the fallback; `undefined` for `import: false`. */
  readonly import: string | undefined;
  /** As configured: a range, `false` for none wanted, `undefined` to be inferred per issuer, `"unknown"` not evaluable. */
  readonly requiredVersion: { readonly range: string | false } | "infer" | "unknown";
  readonly strictVersion: boolean;
  readonly singleton: boolean;
  readonly eager: boolean;
  readonly packageName: string | undefined;
  readonly layer: string | undefined;
  readonly issuerLayer: string | undefined;
  readonly include: SharedFilter | undefined;
  readonly exclude: SharedFilter | undefined;
  readonly allowNodeModulesSuffixMatch: boolean;
  readonly treeShaking: { readonly mode: string | undefined; readonly usedExports: readonly string[] } | undefined;
  /** The key in the configuration. */
  readonly source: SourceRange;
  /** Where the range stands, when it was written. */
  readonly requiredVersionSource: SourceRange | undefined;
  /** Names of options whose value is unknown; a claim that rests on one of them must not be made. */
  readonly unknownOptions: readonly string[];
}

export interface ProvideShared {
  readonly request: string;
  readonly shareKey: string;
  readonly shareScopes: readonly string[];
  readonly version: { readonly version: string | false } | "infer" | "unknown";
  readonly eager: boolean;
  readonly singleton: boolean;
  /** As written: the plugins tell the 2.x runtime nothing of it where it is not. */
  readonly strictVersion: boolean | undefined;
  readonly requiredVersion: string | false | undefined;
  readonly layer: string | undefined;
  readonly include: SharedFilter | undefined;
  readonly exclude: SharedFilter | undefined;
  readonly allowNodeModulesSuffixMatch: boolean;
  readonly source: SourceRange;
}
