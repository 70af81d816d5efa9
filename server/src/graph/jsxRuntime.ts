/** The request that the automatic JSX transform inserts, as the app's TypeScript, Babel or SWC settings say. */
import { parse } from "jsonc-parser";
import { ownedText } from "../base/ownedText.ts";
import type { BundlerName, FederationConfig } from "../model/federationConfig.ts";
import { manifestOf } from "../project/manifest.ts";
import { type Query, query } from "../query/database.ts";
import type { ModuleFacts } from "../syntax/index.ts";
import { ancestorsOf, extensionOf, type FilePath, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";
import { loadersOf } from "./moduleRules.ts";

interface JsxSettings {
  readonly runtime: "automatic" | "classic";
  readonly importSource: string;
  readonly development: boolean;
}

/** Tools whose React support has the automatic transform unless told otherwise. */
const AUTOMATIC_TOOLS: ReadonlySet<BundlerName> = new Set(["rsbuild", "rslib", "modern.js", "next", "craco", "vite"]);

type Data = Readonly<Record<string, unknown>>;

function member(data: unknown, name: string): unknown {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Data)[name] : undefined;
}

function readData(db: Db, file: FilePath): unknown {
  const text = fileText(db, file);
  return text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
}

/** `jsx` and `jsxImportSource` of a tsconfig and those it extends. */
const tsconfigJsx: Query<World, { readonly jsx?: string; readonly importSource?: string }> = query(
  "tsconfigJsx",
  (db, file) => {
    const data = readData(db, file);
    const options = member(data, "compilerOptions");
    const jsx = member(options, "jsx");
    const importSource = member(options, "jsxImportSource");
    const own = {
      ...(typeof jsx === "string" ? { jsx } : {}),
      ...(typeof importSource === "string" ? { importSource } : {}),
    };
    const parents = [member(data, "extends")].flat().filter((item) => typeof item === "string");
    return Object.assign({}, ...parents.map((parent) => extendedJsx(db, file, parent)), own);
  },
  { onCycle: () => ({}) },
);

function extendedJsx(
  db: Db,
  from: FilePath,
  parent: string,
): { readonly jsx?: string; readonly importSource?: string } {
  const bases =
    parent.startsWith(".") || parent.startsWith("/")
      ? [joinPath(parentPath(from), parent)]
      : [...ancestorsOf(parentPath(from))].map((directory) => joinPath(directory, "node_modules", parent));
  for (const base of bases) {
    for (const file of [base, `${base}.json`, joinPath(base, "tsconfig.json")]) {
      if (isFile(db, file)) return db.get(tsconfigJsx, file);
    }
  }
  return {};
}

const directoryJsx: Query<World, JsxSettings | undefined> = query("directoryJsx", (db, directory) => {
  const babel = babelJsx(db, directory) ?? swcJsx(db, directory);
  if (babel !== undefined) return babel;
  const tsconfig = joinPath(directory, "tsconfig.json");
  if (isFile(db, tsconfig)) {
    const { jsx, importSource = "react" } = db.get(tsconfigJsx, tsconfig);
    if (jsx === "react-jsx" || jsx === "react-jsxdev")
      return { runtime: "automatic", importSource, development: jsx === "react-jsxdev" };
    if (jsx === "react") return { runtime: "classic", importSource, development: false };
  }
  const parent = parentPath(directory);
  return parent === directory ? undefined : db.get(directoryJsx, parent);
});

/** JSON forms of a Babel configuration, `babel` of a manifest, and what the text of a script plainly says. */
function babelJsx(db: Db, directory: FilePath): JsxSettings | undefined {
  for (const name of [".babelrc", ".babelrc.json", "babel.config.json"]) {
    const file = joinPath(directory, name);
    const settings = isFile(db, file) ? presetJsx(member(readData(db, file), "presets")) : undefined;
    if (settings !== undefined) return settings;
  }
  for (const name of ["babel.config.js", "babel.config.cjs", ".babelrc.js", "babel.config.mjs"]) {
    const file = joinPath(directory, name);
    const text = isFile(db, file) ? fileText(db, file) : undefined;
    const settings = text === undefined ? undefined : scriptJsx(text);
    if (settings !== undefined) return settings;
  }
  return presetJsx(member(member(manifestOf(db, directory)?.data, "babel"), "presets"));
}

/** `["@babel/preset-react", { runtime: "automatic" }]`. */
function scriptJsx(text: string): JsxSettings | undefined {
  const options = /preset-react["'`]\)?\s*(?:,\s*\{([^}]*)\})?/.exec(text);
  if (options === null) return undefined;
  const runtime = /runtime:\s*["'](automatic|classic)["']/.exec(options[1] ?? "")?.[1];
  const importSource = /importSource:\s*["']([^"']+)["']/.exec(options[1] ?? "")?.[1];
  return {
    runtime: runtime === "automatic" ? "automatic" : "classic",
    importSource: importSource ?? "react",
    development: false,
  };
}

function presetJsx(presets: unknown): JsxSettings | undefined {
  for (const preset of Array.isArray(presets) ? presets : []) {
    const [title, options] = Array.isArray(preset) ? preset : [preset, undefined];
    if (typeof title !== "string" || !/(?:^|\/)(?:preset-)?react(?:\/|$|@)/.test(title)) continue;
    return settingsOf(member(options, "runtime"), member(options, "importSource"));
  }
  return undefined;
}

function settingsOf(runtime: unknown, importSource: unknown): JsxSettings {
  return {
    runtime: runtime === "automatic" ? "automatic" : "classic",
    importSource: typeof importSource === "string" ? importSource : "react",
    development: false,
  };
}

function swcJsx(db: Db, directory: FilePath): JsxSettings | undefined {
  const file = joinPath(directory, ".swcrc");
  if (!isFile(db, file)) return undefined;
  const react = member(member(member(readData(db, file), "jsc"), "transform"), "react");
  return settingsOf(member(react, "runtime"), member(react, "importSource"));
}

/** What the options of a file's own loader say: they win over files beside the sources. */
function loaderJsx(config: FederationConfig, file: FilePath): JsxSettings | undefined {
  for (const { name, options } of loadersOf(config, file)) {
    if (/swc-loader/.test(name)) {
      const react = member(member(member(options, "jsc"), "transform"), "react");
      if (react !== undefined) return settingsOf(member(react, "runtime"), member(react, "importSource"));
    } else if (/babel-loader/.test(name)) {
      const found = presetJsx(member(options, "presets"));
      if (found !== undefined) return found;
    } else if (/esbuild-loader/.test(name) && member(options, "jsx") !== undefined)
      return settingsOf(member(options, "jsx"), member(options, "jsxImportSource"));
  }
  return undefined;
}

/** The implicit request of a file with JSX; `undefined` where none is inserted or none can be known. */
export function jsxRequest(db: Db, config: FederationConfig, file: FilePath, facts: ModuleFacts): string | undefined {
  if (!facts.hasJsx || extensionOf(file) === ".vue" || extensionOf(file) === ".svelte") return undefined;
  const settings = loaderJsx(config, file) ?? db.get(directoryJsx, parentPath(file));
  // With no settings in sight: what never names React cannot be meant for the classic transform.
  const usual = AUTOMATIC_TOOLS.has(config.bundler) || !facts.namesReact ? "automatic" : undefined;
  const runtime = facts.jsxRuntime ?? settings?.runtime ?? usual;
  if (runtime !== "automatic") return undefined;
  const source = facts.jsxImportSource ?? settings?.importSource ?? "react";
  return ownedText(`${source}/${settings?.development === true ? "jsx-dev-runtime" : "jsx-runtime"}`);
}
