/** Modules built into Node, as far as configurations use them. */

import { type FilePath, isInside, joinPath, normalizePath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { fileText, isDirectory, isFile } from "../../vfs/vfs.ts";
import { promiseOf } from "../builtins/collections.ts";
import { parseJsonText } from "../builtins/json.ts";
import {
  argument,
  type Method,
  type MethodTable,
  namespaceOfMethods,
  notKnown,
  plainArguments,
} from "../builtins/method.ts";
import { processObject } from "../builtins/process.ts";
import { makeUrl } from "../builtins/url.ts";
import { concatenate, doubtAbout, textOf } from "../coerce.ts";
import { getMember } from "../members.ts";
import { makeRequire } from "../module.ts";
import type { PackageModel, Realm } from "../realm.ts";
import { type CallContext, primitive, unknown, type Value } from "../value.ts";
import { posix } from "./posixPath.ts";

const MODULES: ReadonlySet<string> = new Set(
  "assert async_hooks buffer child_process cluster console constants crypto dns events fs fs/promises http http2 https module net os path path/posix path/win32 perf_hooks process punycode querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib".split(
    " ",
  ),
);

type PathName = "join" | "resolve" | "dirname" | "basename" | "extname" | "relative" | "normalize" | "isAbsolute";

function pathFunction(name: PathName): Method {
  return (realm, call) => {
    const args = plainArguments(call);
    if (args !== undefined) {
      if (args.some((arg) => typeof arg !== "string"))
        return realm.throwError("TypeError", `path.${name} takes texts`, call.source);
      const compute = posix(realm.world.cwd)[name] as (...parts: readonly unknown[]) => string | boolean;
      return primitive(compute(...args), call.source);
    }
    return name === "join" || name === "resolve" ? partlyKnownPath(realm, call) : notKnown(call, { text: true });
  };
}

/** `path.join(known, unknown)`: the known beginning and end stay readable. */
function partlyKnownPath(_realm: Realm, call: CallContext): Value {
  const doubt = call.args
    .map((arg) => (textOf(arg) === undefined ? doubtAbout(arg) : undefined))
    .find((found) => found !== undefined);
  const separated = call.args.flatMap((arg, index) => (index === 0 ? [arg] : [primitive("/", call.source), arg]));
  const joined = concatenate(separated, call.source);
  return joined.kind === "unknown" && joined.parts !== undefined
    ? unknown(joined.reason, joined.source, { text: true, parts: joined.parts })
    : unknown(doubt?.reason ?? "a path that is not known", call.source, { text: true });
}

const PATH_FUNCTIONS: MethodTable = Object.fromEntries(
  (["join", "resolve", "dirname", "basename", "extname", "relative", "normalize", "isAbsolute"] as const).map(
    (name) => [name, pathFunction(name)],
  ),
);

function pathModule(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, PATH_FUNCTIONS, source);
  object.properties.set("sep", { value: primitive("/", source), keySource: source, hidden: true });
  object.properties.set("posix", { value: object, keySource: source, hidden: true });
  object.open = unknown("a function of path that is not evaluated", source);
  return object;
}

/** A path argument of the file functions; file URLs are paths too. */
function fileArgument(realm: Realm, call: CallContext): FilePath | undefined {
  const given = argument(call, 0);
  const text = textOf(given.kind === "object" ? (given.properties.get("href")?.value ?? given) : given);
  if (text === undefined) return undefined;
  return text.startsWith("file://") ? normalizePath(text.slice("file://".length)) : joinPath(realm.world.cwd, text);
}

/** Environment files hold secrets and are read only when settings allow it. */
function mayRead(realm: Realm, file: FilePath): boolean {
  return isInside(file, realm.world.workspaceRoot) && (realm.world.readDotEnv || !/\/\.env[^/]*$/.test(file));
}

function readFile(realm: Realm, call: CallContext): Value {
  const file = fileArgument(realm, call);
  if (file === undefined) return notKnown(call, { text: true });
  if (mayRead(realm, file) && isFile(realm.db, file)) {
    const text = fileText(realm.db, file);
    if (text !== undefined) {
      realm.files.add(file);
      const content = primitive(text, { file, range: { start: 0, end: text.length } });
      return call.args.length > 1 ? content : bufferOf(realm, content, call.source);
    }
  }
  const doubt = unknown(`the file ${file.slice(file.lastIndexOf("/") + 1)} is not read`, call.source, { text: true });
  if (realm.tryDepth > 0) {
    if (isInside(file, realm.world.workspaceRoot) && !isFile(realm.db, file))
      return realm.throwError("Error", "ENOENT: no such file", call.source);
    realm.mayThrow ??= doubt;
  }
  return doubt;
}

/** Without an encoding a buffer is read; it is mostly turned into text at once. */
function bufferOf(realm: Realm, content: Value, source: SourceRange): Value {
  const buffer = realm.plain(source);
  buffer.properties.set("toString", {
    value: realm.native("toString", source, () => content),
    keySource: source,
    hidden: true,
  });
  buffer.open = unknown("a member of a buffer", source);
  return buffer;
}

function existence(test: (realm: Realm, file: FilePath) => boolean): Method {
  return (realm, call) => {
    const file = fileArgument(realm, call);
    if (file === undefined) return notKnown(call);
    if (!isInside(file, realm.world.workspaceRoot)) return unknown("a file outside of the workspace", call.source);
    return primitive(test(realm, file), call.source);
  };
}

function readJsonFile(realm: Realm, call: CallContext): Value {
  const content = readFile(realm, { ...call, args: [argument(call, 0), primitive("utf8", call.source)] });
  const text = textOf(content);
  return text === undefined ? content : parseJsonText(realm, text, { ...call.source, file: content.source.file }, text);
}

const FS_FUNCTIONS: MethodTable = {
  readFileSync: readFile,
  existsSync: existence((realm, file) => isFile(realm.db, file) || isDirectory(realm.db, file)),
  realpathSync: (_realm, call) => argument(call, 0),
  readJsonSync: readJsonFile,
  readJSONSync: readJsonFile,
  writeFileSync: (_realm, call) => primitive(undefined, call.source),
  mkdirSync: (_realm, call) => primitive(undefined, call.source),
  readdirSync: (realm, call) => listDirectory(realm, call),
  readFile: (realm, call) => promiseOf(realm, readFile(realm, call), call.source),
};

function listDirectory(realm: Realm, call: CallContext): Value {
  const directory = fileArgument(realm, call);
  if (directory === undefined || call.args.length > 1 || !isInside(directory, realm.world.workspaceRoot))
    return notKnown(call);
  const names = realm.directoryNames(directory);
  if (names === undefined) return realm.throwError("Error", "ENOENT: no such directory", call.source);
  return realm.array(
    names.map((name) => primitive(name, call.source)),
    call.source,
  );
}

function fsModule(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, FS_FUNCTIONS, source);
  object.open = unknown("a function of fs that is not evaluated", source);
  object.properties.set("promises", { value: fsPromises(realm, source), keySource: source, hidden: true });
  return object;
}

function fsPromises(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(
    realm,
    {
      readFile: FS_FUNCTIONS.readFile!,
      readJson: (inner, call) => promiseOf(inner, readJsonFile(inner, call), call.source),
    },
    source,
  );
  object.open = unknown("a function of fs that is not evaluated", source);
  return object;
}

const URL_FUNCTIONS: MethodTable = {
  fileURLToPath: (_realm, call) => {
    const given = argument(call, 0);
    const text = textOf(given.kind === "object" ? (given.properties.get("href")?.value ?? given) : given);
    return text?.startsWith("file://")
      ? primitive(normalizePath(decodeURI(text.slice("file://".length))), call.source)
      : notKnown(call, { text: true });
  },
  pathToFileURL: (realm, call) => {
    const text = textOf(argument(call, 0));
    return text === undefined
      ? notKnown(call)
      : makeUrl(realm, { ...call, args: [primitive(`file://${text}`, call.source)] });
  },
  URL: makeUrl,
};

const UTIL_FUNCTIONS: MethodTable = {
  promisify: (_realm, call) => argument(call, 0),
  inspect: (_realm, call) => notKnown(call, { text: true }),
};

const OS_FUNCTIONS: MethodTable = {
  platform: (_realm, call) => unknown("depends on the operating system", call.source, { text: true }),
  tmpdir: (_realm, call) => unknown("depends on the machine", call.source, { text: true }),
  homedir: (_realm, call) => unknown("depends on the machine", call.source, { text: true }),
};

const MODULE_FUNCTIONS: MethodTable = {
  createRequire: (realm, call) => {
    const from = textOf(
      argument(call, 0).kind === "object"
        ? getMember(realm, argument(call, 0), "href", call.source)
        : argument(call, 0),
    );
    return from === undefined
      ? unknown("a require of an unknown place", call.source)
      : makeRequire(realm, normalizePath(from.replace(/^file:\/\//, "")), call.source);
  },
};

function openNamespace(realm: Realm, table: MethodTable, name: string, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, table, source);
  object.open = unknown(`a function of ${name} that is not evaluated`, source);
  return object;
}

function moduleValue(realm: Realm, module: string, source: SourceRange): Value | undefined {
  switch (module) {
    case "path":
    case "path/posix":
      return pathModule(realm, source);
    case "fs":
    case "fs-extra":
    case "graceful-fs":
      return fsModule(realm, source);
    case "fs/promises":
      return fsPromises(realm, source);
    case "url":
      return openNamespace(realm, URL_FUNCTIONS, module, source);
    case "util":
      return openNamespace(realm, UTIL_FUNCTIONS, module, source);
    case "os":
      return openNamespace(realm, OS_FUNCTIONS, module, source);
    case "module":
      return openNamespace(realm, MODULE_FUNCTIONS, module, source);
    case "process":
      return processObject(realm, source);
    default:
      return undefined;
  }
}

/** Node's own modules. */
export const nodeModel: PackageModel = {
  covers: (module) => MODULES.has(module.replace(/^node:/, "")) || module === "fs-extra" || module === "graceful-fs",
  member: (realm, name, path, source) => {
    const module = name.replace(/^node:/, "");
    const known = realm.cache.get(`node:${module}`) ?? moduleValue(realm, module, source);
    if (known === undefined) return undefined;
    realm.cache.set(`node:${module}`, known);
    return path.reduce<Value>((value, key) => getMember(realm, value, key, source), known);
  },
};
