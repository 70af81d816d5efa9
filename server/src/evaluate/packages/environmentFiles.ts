/**
 * `.env` files and what reads them: `dotenv`, and `loadEnv` of Vite and Rsbuild. The files may hold secrets, so they are
 * read only when settings say so. Where such a file exists and is not read, the variables are unknown, not unset.
 */

import { type FilePath, joinPath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { fileText, isFile } from "../../vfs/vfs.ts";
import { argument, notKnown } from "../builtins/method.ts";
import { textOf } from "../coerce.ts";
import type { PackageModel, Realm } from "../realm.ts";
import { arrayItems, type CallContext, type ObjectValue, primitive, stringOf, unknown, type Value } from "../value.ts";

/** The variables of a file's text, by the rules of `dotenv`. */
export function parseEnvironmentText(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const line =
    /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;
  for (const match of text.slice(0, 100_000).matchAll(line)) {
    const raw = (match[2] ?? "").trim();
    const quoted = /^(['"`])([\s\S]*)\1$/.exec(raw);
    const value = quoted?.[2] ?? raw;
    variables.set(match[1]!, raw.startsWith('"') ? value.replaceAll("\\n", "\n").replaceAll("\\r", "\r") : value);
  }
  return variables;
}

interface Loaded {
  readonly variables: Map<string, Value>;
  /** A file that exists and is not read. */
  readonly hidden: boolean;
}

/** Reads files in order; later ones win. `$NAME` and `${NAME}` stand for variables when `expand` is set. */
function load(realm: Realm, files: readonly FilePath[], expand: boolean): Loaded {
  const texts = new Map<string, { text: string; source: SourceRange }>();
  let hidden = false;
  for (const file of files) {
    if (!isFile(realm.db, file)) continue;
    const text = realm.world.readDotEnv ? fileText(realm.db, file) : undefined;
    if (text === undefined) {
      hidden = true;
      continue;
    }
    realm.files.add(file);
    for (const [name, value] of parseEnvironmentText(text)) {
      const start = Math.max(0, text.indexOf(name));
      texts.set(name, { text: value, source: { file, range: { start, end: start + name.length } } });
    }
  }
  const expanded = (text: string, depth: number): string =>
    depth > 8
      ? text
      : text.replace(/(?<!\\)\$\{?(\w+)\}?/g, (whole, name: string) =>
          texts.has(name) ? expanded(texts.get(name)!.text, depth + 1) : whole.startsWith("${") ? "" : whole,
        );
  const variables = new Map<string, Value>();
  for (const [name, { text, source }] of texts)
    variables.set(name, primitive(expand ? expanded(text, 0) : text, source));
  return { variables, hidden };
}

const HIDDEN = "which a .env file may set; such files are read when federationLens.readDotEnv is on";

/** Makes loaded variables visible in `process.env`. Variables that are there already stay. */
function publish(realm: Realm, loaded: Loaded, source: SourceRange): void {
  realm.dotEnv ??= new Map();
  for (const [name, value] of loaded.variables) if (!realm.dotEnv.has(name)) realm.dotEnv.set(name, value);
  if (loaded.hidden) realm.hiddenEnv ??= unknown(HIDDEN, source);
}

/** An object of variables of which others are unset, or unknown when a file is not read. */
function variablesObject(
  realm: Realm,
  loaded: Loaded,
  label: string,
  accepts: (name: string) => boolean,
  source: SourceRange,
): ObjectValue {
  const object = realm.object(
    {
      type: "lazy",
      name: label,
      isEnvironment: true,
      member: (name, at) => {
        if (name === "NODE_ENV") {
          realm.modeRead = true;
          return primitive(realm.world.mode, at);
        }
        const pinned = realm.world.env[name];
        if (pinned !== undefined) return primitive(pinned, at);
        if (loaded.hidden) return unknown(`depends on ${name}, ${HIDDEN}`, at);
        realm.readVariable(`${label}.${name}`);
        return realm.missingVariable(`${label}.${name}`, at);
      },
    },
    source,
  );
  for (const [name, value] of loaded.variables)
    if (accepts(name)) object.properties.set(name, { value, keySource: value.source });
  return object;
}

function optionText(value: Value, name: string): string | undefined {
  return value.kind === "object" ? stringOf(value.properties.get(name)?.value) : undefined;
}

/** `dotenv.config({ path })`. */
function configure(realm: Realm, call: CallContext, expand: boolean): Value {
  const options = argument(call, 0);
  const given = options.kind === "object" ? options.properties.get("path")?.value : undefined;
  const paths = given === undefined ? [".env"] : (arrayItems(given) ?? [given]).map(textOf);
  const result = realm.plain(call.source);
  if (paths.includes(undefined) || options.kind === "unknown") {
    realm.hiddenEnv ??= unknown("which a file whose name is not known may set", call.source);
    result.open = realm.hiddenEnv;
    return result;
  }
  const files = paths.map((path) => joinPath(realm.world.cwd, path!)).reverse();
  const loaded = load(realm, files, expand);
  publish(realm, loaded, call.source);
  const exists = loaded.hidden || files.some((file) => isFile(realm.db, file));
  // Repositories leave their .env files out: what a missing one would set is taken to be unset, as elsewhere.
  const parsed = exists
    ? realm.plain(call.source)
    : variablesObject(realm, loaded, "process.env", () => true, call.source);
  for (const [name, value] of loaded.variables) parsed.properties.set(name, { value, keySource: value.source });
  if (loaded.hidden) parsed.open = unknown(HIDDEN, call.source);
  result.properties.set("parsed", { value: parsed, keySource: call.source });
  if (!exists)
    result.properties.set("error", { value: unknown("the .env file is missing", call.source), keySource: call.source });
  return result;
}

function modeFiles(directory: FilePath, mode: string): readonly FilePath[] {
  return [".env", ".env.local", `.env.${mode}`, `.env.${mode}.local`].map((name) => joinPath(directory, name));
}

/** `loadEnv(mode, directory, prefixes)` of Vite. */
function loadEnvVite(realm: Realm, call: CallContext): Value {
  const [mode, directory] = [textOf(argument(call, 0)), textOf(argument(call, 1))];
  if (mode === undefined || directory === undefined) return notKnown(call);
  const given = call.args[2];
  const prefixes = given === undefined ? ["VITE_"] : (arrayItems(given) ?? [given]).map((item) => textOf(item) ?? "");
  const loaded = load(realm, modeFiles(joinPath(realm.world.cwd, directory), mode), true);
  return variablesObject(
    realm,
    loaded,
    "process.env",
    (name) => prefixes.some((prefix) => name.startsWith(prefix)),
    call.source,
  );
}

/** `loadEnv({ mode, cwd, prefixes })` of Rsbuild, which writes to `process.env` too. */
function loadEnvRsbuild(realm: Realm, call: CallContext): Value {
  const options = argument(call, 0);
  const mode = optionText(options, "mode") ?? realm.world.mode;
  const directory = joinPath(realm.world.cwd, optionText(options, "cwd") ?? ".");
  const loaded = load(realm, modeFiles(directory, mode), true);
  publish(realm, loaded, call.source);
  const given = options.kind === "object" ? options.properties.get("prefixes")?.value : undefined;
  const prefixes = given === undefined ? ["PUBLIC_"] : (arrayItems(given) ?? []).map((item) => textOf(item) ?? "");
  const result = realm.plain(call.source);
  const set = (name: string, value: Value): void => {
    result.properties.set(name, { value, keySource: call.source });
  };
  const isPublic = (name: string): boolean => prefixes.some((prefix) => name.startsWith(prefix));
  set(
    "parsed",
    variablesObject(realm, loaded, "process.env", () => true, call.source),
  );
  set("rawPublicVars", variablesObject(realm, loaded, "process.env", isPublic, call.source));
  const defined = realm.plain(call.source);
  for (const [name, value] of loaded.variables) {
    if (!isPublic(name)) continue;
    const text = textOf(value);
    const quoted = primitive(JSON.stringify(text), value.source);
    defined.properties.set(`process.env.${name}`, { value: quoted, keySource: value.source });
    defined.properties.set(`import.meta.env.${name}`, { value: quoted, keySource: value.source });
  }
  set("publicVars", defined);
  set("filePaths", realm.array([], call.source));
  return result;
}

function parsedText(realm: Realm, call: CallContext): Value {
  const text = textOf(argument(call, 0));
  if (text === undefined) return notKnown(call);
  const object = realm.plain(call.source);
  for (const [name, value] of parseEnvironmentText(text))
    object.properties.set(name, { value: primitive(value, call.source), keySource: call.source });
  return object;
}

/** `dotenv`, its companions, and the `loadEnv` functions. */
export const environmentModel: PackageModel = {
  covers: (module) =>
    /^(?:dotenv|dotenv-flow|dotenv-expand|dotenv-defaults|dotenv\/config|dotenv-flow\/config)$/.test(module) ||
    module === "vite" ||
    module === "@rsbuild/core" ||
    module === "@rslib/core",
  member: (realm, module, path, source) => {
    const name = path.at(-1);
    if (module.startsWith("dotenv") && module.endsWith("/config")) {
      if (!realm.cache.has(module)) {
        realm.cache.set(module, primitive(undefined, source));
        configure(
          realm,
          { self: primitive(undefined, source), args: [], source, openArgs: undefined, construct: false },
          false,
        );
      }
      return realm.plain(source);
    }
    if (module.startsWith("dotenv") && name === "config")
      return realm.native("config", source, (call) => configure(realm, call, false));
    if (module === "dotenv" && name === "parse")
      return realm.native("parse", source, (call) => parsedText(realm, call));
    if (module === "dotenv-expand" && (name === "expand" || name === undefined))
      return realm.native("expand", source, (call) => argument(call, 0));
    if (name !== "loadEnv") return undefined;
    return realm.native("loadEnv", source, (call) =>
      module === "vite" ? loadEnvVite(realm, call) : loadEnvRsbuild(realm, call),
    );
  },
};
