/** The request that the automatic JSX transform inserts, as the app's TypeScript, Babel or SWC settings say. */
import { parse } from "jsonc-parser";
import { type Query, query } from "../query/database.ts";
import type { ModuleFacts } from "../syntax/index.ts";
import { ancestorsOf, extensionOf, type FilePath, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

interface JsxSettings {
  readonly runtime: "automatic" | "classic";
  readonly importSource: string;
  readonly development: boolean;
}

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

/** JSON forms of a Babel configuration; a script is not evaluated. */
function babelJsx(db: Db, directory: FilePath): JsxSettings | undefined {
  for (const name of [".babelrc", ".babelrc.json", "babel.config.json"]) {
    const file = joinPath(directory, name);
    if (!isFile(db, file)) continue;
    const presets = member(readData(db, file), "presets");
    for (const preset of Array.isArray(presets) ? presets : []) {
      const [title, options] = Array.isArray(preset) ? preset : [preset, undefined];
      if (typeof title !== "string" || !/(?:^|\/)(?:preset-)?react$/.test(title)) continue;
      const runtime = member(options, "runtime");
      const importSource = member(options, "importSource");
      return {
        runtime: runtime === "automatic" ? "automatic" : "classic",
        importSource: typeof importSource === "string" ? importSource : "react",
        development: false,
      };
    }
  }
  return undefined;
}

function swcJsx(db: Db, directory: FilePath): JsxSettings | undefined {
  const file = joinPath(directory, ".swcrc");
  if (!isFile(db, file)) return undefined;
  const react = member(member(member(readData(db, file), "jsc"), "transform"), "react");
  const importSource = member(react, "importSource");
  return {
    runtime: member(react, "runtime") === "automatic" ? "automatic" : "classic",
    importSource: typeof importSource === "string" ? importSource : "react",
    development: false,
  };
}

/** The implicit request of a file with JSX; `undefined` where none is inserted or none can be known. */
export function jsxRequest(db: Db, file: FilePath, facts: ModuleFacts): string | undefined {
  if (!facts.hasJsx || extensionOf(file) === ".vue" || extensionOf(file) === ".svelte") return undefined;
  const settings = db.get(directoryJsx, parentPath(file));
  // With no settings in sight: what never names React cannot be meant for the classic transform.
  const runtime = facts.jsxRuntime ?? settings?.runtime ?? (facts.namesReact ? undefined : "automatic");
  if (runtime !== "automatic") return undefined;
  const source = facts.jsxImportSource ?? settings?.importSource ?? "react";
  return `${source}/${settings?.development === true ? "jsx-dev-runtime" : "jsx-runtime"}`;
}
