/** Modules built into Node, as far as configurations use them. */

import { normalizePath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
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
import { fileUrlOf, pathOfFileUrl } from "../fileUrl.ts";
import { getMember } from "../members.ts";
import { makeRequire } from "../module.ts";
import type { PackageModel, Realm } from "../realm.ts";
import { type CallContext, primitive, unknown, type Value } from "../value.ts";
import { fsModule, fsPromises } from "./fileSystem.ts";
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

/** `path.parse`, whose parts are those that the other functions give. */
function parsePath(realm: Realm, call: CallContext): Value {
  const text = textOf(argument(call, 0));
  if (text === undefined) return notKnown(call);
  const { basename, dirname, extname, isAbsolute } = posix(realm.world.cwd);
  const ext = extname(text);
  const base = basename(text);
  const root = isAbsolute(text) ? text.slice(0, text.indexOf("/") + 1) : "";
  const hasFolder = root !== "" || /\/./s.test(text.replace(/\/+$/, ""));
  const parts = {
    root,
    dir: hasFolder ? dirname(text) : "",
    base,
    ext,
    name: ext === "" ? base : base.slice(0, -ext.length),
  };
  const object = realm.plain(call.source);
  for (const [name, part] of Object.entries(parts))
    object.properties.set(name, { value: primitive(part, call.source), keySource: call.source });
  return object;
}

const PATH_FUNCTIONS: MethodTable = {
  ...Object.fromEntries(
    (["join", "resolve", "dirname", "basename", "extname", "relative", "normalize", "isAbsolute"] as const).map(
      (name) => [name, pathFunction(name)],
    ),
  ),
  parse: parsePath,
};

function pathModule(realm: Realm, source: SourceRange): Value {
  const object = namespaceOfMethods(realm, PATH_FUNCTIONS, source);
  object.properties.set("delimiter", { value: primitive(":", source), keySource: source, hidden: true });
  object.properties.set("sep", { value: primitive("/", source), keySource: source, hidden: true });
  object.properties.set("posix", { value: object, keySource: source, hidden: true });
  object.open = unknown("a function of path that is not evaluated", source);
  return object;
}

const URL_FUNCTIONS: MethodTable = {
  fileURLToPath: (_realm, call) => {
    const given = argument(call, 0);
    const text = textOf(given.kind === "object" ? (given.properties.get("href")?.value ?? given) : given);
    const path = text === undefined ? undefined : pathOfFileUrl(text);
    return path === undefined ? notKnown(call, { text: true }) : primitive(path, call.source);
  },
  pathToFileURL: (realm, call) => {
    const text = textOf(argument(call, 0));
    return text === undefined
      ? notKnown(call)
      : makeUrl(realm, { ...call, args: [primitive(fileUrlOf(posix(realm.world.cwd).resolve(text)), call.source)] });
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
      : makeRequire(realm, pathOfFileUrl(from) ?? normalizePath(from), call.source);
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
