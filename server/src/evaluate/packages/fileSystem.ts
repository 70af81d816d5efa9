/** Node's file functions, over the files of the workspace. They read and list; what they write is not kept. */

import { type FilePath, isInside, joinPath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { fileText, isDirectory, isFile } from "../../vfs/vfs.ts";
import { promiseOf } from "../builtins/collections.ts";
import { parseJsonText } from "../builtins/json.ts";
import { argument, type Method, type MethodTable, namespaceOfMethods, notKnown } from "../builtins/method.ts";
import { textOf, truthiness } from "../coerce.ts";
import { pathOfFileUrl } from "../fileUrl.ts";
import { type Realm, ThrowSignal } from "../realm.ts";
import { type CallContext, primitive, unknown, type Value } from "../value.ts";

/** A path argument of the file functions; file URLs are paths too. */
function fileArgument(realm: Realm, call: CallContext): FilePath | undefined {
  const given = argument(call, 0);
  const text = textOf(given.kind === "object" ? (given.properties.get("href")?.value ?? given) : given);
  if (text === undefined) return undefined;
  return pathOfFileUrl(text) ?? joinPath(realm.world.cwd, text);
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

/** What `stat` and the entries of a listing tell of a file. */
function entryValue(realm: Realm, file: FilePath, source: SourceRange): Value {
  const tells = (name: string, holds: boolean): MethodTable => ({ [name]: () => primitive(holds, source) });
  const entry = namespaceOfMethods(
    realm,
    {
      ...tells("isDirectory", isDirectory(realm.db, file)),
      ...tells("isFile", isFile(realm.db, file)),
      ...tells("isSymbolicLink", false),
    },
    source,
  );
  entry.open = unknown("a fact of a file that is not looked at", source);
  return entry;
}

function stat(realm: Realm, call: CallContext): Value {
  const file = fileArgument(realm, call);
  if (file === undefined || !isInside(file, realm.world.workspaceRoot)) return notKnown(call);
  if (isFile(realm.db, file) || isDirectory(realm.db, file)) return entryValue(realm, file, call.source);
  const throwing = call.args[1]?.kind === "object" ? call.args[1].properties.get("throwIfNoEntry")?.value : undefined;
  return throwing !== undefined && truthiness(throwing) === false
    ? primitive(undefined, call.source)
    : realm.throwError("Error", "ENOENT: no such file or directory", call.source);
}

/** Whether entries of a listing are objects; `undefined` where its options are not known or ask for more. */
function withFileTypes(options: Value): boolean | undefined {
  if (options.kind === "primitive") return options.unset === undefined ? false : undefined;
  if (options.kind === "unknown" || options.open !== undefined) return undefined;
  let typed: boolean | undefined = false;
  for (const [name, { value }] of options.properties) {
    const wanted = truthiness(value);
    if (name === "withFileTypes") typed = wanted;
    else if (name !== "encoding" && wanted !== false) return undefined;
  }
  return typed;
}

function listDirectory(realm: Realm, call: CallContext): Value {
  const directory = fileArgument(realm, call);
  const typed = withFileTypes(argument(call, 1));
  if (directory === undefined || typed === undefined || !isInside(directory, realm.world.workspaceRoot))
    return notKnown(call);
  const names = realm.directoryNames(directory);
  if (names === undefined) return realm.throwError("Error", "ENOENT: no such directory", call.source);
  const item = (name: string): Value => {
    const text = primitive(name, call.source);
    if (!typed) return text;
    const entry = entryValue(realm, joinPath(directory, name), call.source);
    const members = {
      name: text,
      parentPath: primitive(directory, call.source),
      path: primitive(directory, call.source),
    };
    for (const [key, value] of Object.entries(members))
      if (entry.kind === "object") entry.properties.set(key, { value, keySource: call.source });
    return entry;
  };
  return realm.array(names.map(item), call.source);
}

function access(realm: Realm, call: CallContext): Value {
  const there = exists(realm, call);
  if (there.kind === "primitive" && there.data === false)
    return realm.throwError("Error", "ENOENT: no such file or directory", call.source);
  if (there.kind === "unknown" && realm.tryDepth > 0) realm.mayThrow ??= there;
  return primitive(undefined, call.source);
}

const exists = existence((realm, file) => isFile(realm.db, file) || isDirectory(realm.db, file));

function nothing(_realm: Realm, call: CallContext): Value {
  return primitive(undefined, call.source);
}

/** What each function gives; the asynchronous ones give it in a promise. */
const RESULTS: MethodTable = {
  access,
  lstat: stat,
  mkdir: nothing,
  readFile,
  readdir: listDirectory,
  readJSON: readJsonFile,
  readJson: readJsonFile,
  realpath: (_realm, call) => argument(call, 0),
  stat,
  writeFile: nothing,
};

const FS_FUNCTIONS: MethodTable = {
  ...Object.fromEntries(Object.entries(RESULTS).map(([name, result]) => [`${name}Sync`, result])),
  existsSync: exists,
  readFile: (realm, call) => promised(realm, call, readFile),
};

function promised(realm: Realm, call: CallContext, result: Method): Value {
  try {
    return promiseOf(realm, result(realm, call), call.source);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    return realm.object({ type: "promise", value: error.value, rejected: true }, call.source);
  }
}

const PROMISE_FUNCTIONS: MethodTable = {
  ...Object.fromEntries(
    Object.entries(RESULTS).map(([name, result]): [string, Method] => [
      name,
      (realm, call) => promised(realm, call, result),
    ]),
  ),
  pathExists: (realm, call) => promised(realm, call, exists),
};

/** The module `fs`, also as its extensions give it. */
export function fsModule(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, FS_FUNCTIONS, source);
  object.open = unknown("a function of fs that is not evaluated", source);
  object.properties.set("promises", { value: fsPromises(realm, source), keySource: source, hidden: true });
  return object;
}

/** The module `fs/promises`. */
export function fsPromises(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, PROMISE_FUNCTIONS, source);
  object.open = unknown("a function of fs that is not evaluated", source);
  return object;
}
