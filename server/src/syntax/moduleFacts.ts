/**
 * What one source file says, as plain data: a pure function of the file's text and name. No resolution, no other file,
 * no settings. Facts carry no offsets, so that typing which moves text leaves them equal and nothing above reruns;
 * `FactRanges` holds the offsets beside them, by the same indexes.
 */
import { ownedText } from "../base/ownedText.ts";
import type { TextRange } from "../base/text.ts";
import type { Guard } from "./guards.ts";

/** The bundlers' words for how a module is asked for. */
export type RequestKind =
  | "esm import"
  | "esm export"
  | "import()"
  | "cjs require"
  | "require.resolve"
  /** Makes the module, but brings it into no chunk. */
  | "require.resolveWeak"
  /** `require.ensure(["a"], …)`: a chunk of their own. */
  | "require.ensure"
  /** AMD's `require(["a"], …)`, likewise. */
  | "amd require"
  /** AMD's `define(["a"], …)`: at once. */
  | "amd define"
  /** `require.context(…)`, which asks for every file that it describes. */
  | "require.context"
  /** `loadRemote("shop/Cart")`, `loadRemoteModule(...)`, `importRemote(...)` of the run-time packages, literal only. */
  | "load remote"
  /** `loadShare("react")`, `loadShareSync`, literal only. */
  | "load share"
  /** `new URL("./x.png", import.meta.url)`: a file, whatever it holds. */
  | "new URL"
  /** `new Worker(new URL("./w.js", import.meta.url))`, shared and service workers. */
  | "new Worker";

/** Kinds that CommonJS and AMD have: no ES module, as Node tells them, has any. */
export const COMMON_JS_KINDS: ReadonlySet<RequestKind> = new Set([
  "cjs require",
  "require.resolve",
  "require.resolveWeak",
  "require.ensure",
  "amd require",
  "amd define",
]);

const IGNORED_IMPORT = /\bwebpackIgnore\s*:\s*true\b/;

/** Who leaves a call to the browser, as the text beside its argument says: Rspack reads no comments of a line. */
export function ignoredBy(beside: string): "all" | "webpack" | undefined {
  if (!IGNORED_IMPORT.test(beside)) return undefined;
  const blocks = beside.match(/\/\*[\s\S]*?\*\/|\/\/.*/g)?.filter((comment) => comment.startsWith("/*"));
  return blocks?.some((comment) => IGNORED_IMPORT.test(comment)) === true ? "all" : "webpack";
}

/** Files that a request may be for: `require.context("./pages", true, /\.js$/)`, import(`./locales/${name}.js`). */
export interface RequestContext {
  /** Relative, without a slash at its end. */
  readonly folder: string;
  readonly recursive: boolean;
  /** A regular expression for paths from the folder, which begin with `./`. */
  readonly pattern: string;
  readonly flags: string;
  /** Tests of absolute paths, as comments give them: `webpackInclude: /\.json$/`, `webpackExclude`. */
  readonly include?: ContextTest;
  readonly exclude?: ContextTest;
}

export interface ContextTest {
  readonly pattern: string;
  readonly flags: string;
}

export interface RequestFact {
  readonly kind: RequestKind;
  /** The literal text, `undefined` when the argument is not a literal (`import(expr)`). */
  readonly specifier: string | undefined;
  /** `import type`, `export type … from`, or every specifier is `type`: erased, no run-time request. */
  readonly typeOnly: boolean;
  /** No specifier list: `import "x"`. */
  readonly sideEffectOnly: boolean;
  /** Where the text leaves open which file of a folder is asked for. */
  readonly context?: RequestContext;
  /** One of several that a test of the call chooses from. */
  readonly chosen?: true;
  /** By `webpackMode`: the module is brought into no chunk, or is part of the chunk that asks for it. */
  readonly mode?: "weak" | "eager";
  /** By a `require` that `createRequire` has made, or the import of that: part of builds that know of it. */
  readonly created?: true;
  /** webpack leaves it to the browser, Rspack does not. */
  readonly ignored?: true;
  /** True inside a function, a branch or a `try`: not run when the module starts. */
  readonly conditional: boolean;
  /** A `require` in the callback of `require.ensure` or AMD's `require`: in the chunk that these make. */
  readonly apart?: true;
  /** By a `require` that AMD hands to a callback: no request where a build has no AMD. */
  readonly handed?: true;
  /** A look at the text proves that a name it binds is used at run time. Absent where only a closer look can tell. */
  readonly runs?: true;
  /** Constant tests around it: code whose guards fail is not in the build. Absent for none. */
  readonly guards?: readonly Guard[];
}

export interface ModuleFacts {
  readonly requests: readonly RequestFact[];
  /** Has `import`/`export`/`import.meta`. */
  readonly esm: boolean;
  readonly hasJsx: boolean;
  /** The name `React` stands somewhere in it, as the classic JSX transform needs. */
  readonly namesReact: boolean;
  /** `@jsxImportSource` / `@jsxRuntime` pragma of the file. */
  readonly jsxImportSource: string | undefined;
  readonly jsxRuntime: "automatic" | "classic" | undefined;
  /** The text could not be parsed without errors: absence of a fact proves nothing. */
  readonly broken: boolean;
}

export interface FactRanges {
  /** The specifier's literal with its quotes (or the argument), by index of `ModuleFacts.requests`. */
  readonly requests: readonly TextRange[];
  /** The whole statement or call. */
  readonly statements: readonly TextRange[];
}

export interface ExtractedFacts {
  readonly facts: ModuleFacts;
  readonly ranges: FactRanges;
  /** By index of the requests: every name that it binds is surely used. Absent where no look at the text can tell. */
  readonly settled?: readonly boolean[];
}

/** What the text says of its JSX transform: its pragma comments, and whether `React` is named. */
export function jsxPragmas(text: string): Pick<ModuleFacts, "namesReact" | "jsxImportSource" | "jsxRuntime"> {
  const namesReact = text.includes("React") && /\bReact\b/.test(text);
  if (!text.includes("@jsx")) return { namesReact, jsxImportSource: undefined, jsxRuntime: undefined };
  const runtime = /@jsxRuntime\s+(automatic|classic)\b/.exec(text)?.[1];
  return {
    namesReact,
    jsxImportSource: /@jsxImportSource\s+([^\s*]+)/.exec(text)?.slice(1).map(ownedText)[0],
    jsxRuntime: runtime === "automatic" || runtime === "classic" ? runtime : undefined,
  };
}
