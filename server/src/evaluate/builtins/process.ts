/**
 * `process` and the environment. Variables are taken to be unset unless settings pin them: what a program then falls back
 * to is known, and carries the assumption; what it computes from the missing value is unknown.
 */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import type { Realm } from "../realm.ts";
import { type ObjectValue, primitive, unknown, type Value } from "../value.ts";
import { namespaceOfMethods } from "./method.ts";

/** Reads one variable of `process.env`, `import.meta.env` or a tool's flags. */
export function readEnvironment(realm: Realm, label: string, name: string, source: SourceRange): Value {
  const full = `${label}.${name}`;
  const pinned = realm.world.env[full] ?? realm.world.env[name];
  if (pinned !== undefined) return primitive(pinned, source);
  if (name === "NODE_ENV") {
    realm.modeRead = true;
    return primitive(realm.world.mode, source);
  }
  const loaded = realm.dotEnv?.get(name);
  if (loaded !== undefined) return loaded;
  if (realm.hiddenEnv !== undefined) return unknown(`depends on ${full}, ${realm.hiddenEnv.reason}`, source);
  realm.readVariable(full);
  return realm.missingVariable(full, source);
}

/** Variables that settings pin, or that a file has set. */
function namesSet(realm: Realm, label: string): readonly string[] {
  const pinned = Object.keys(realm.world.env).flatMap((name) => {
    if (name.startsWith(`${label}.`)) return [name.slice(label.length + 1)];
    return name.includes(".") || name === "mode" || name === "command" ? [] : [name];
  });
  return [...new Set([...pinned, ...(realm.dotEnv?.keys() ?? [])])];
}

/** An object of variables, which programs also write to. */
export function environmentObject(realm: Realm, label: string, source: SourceRange): ObjectValue {
  const object: ObjectValue = realm.object(
    {
      type: "lazy",
      name: label,
      isEnvironment: true,
      member: (name, at) => readEnvironment(realm, label, name, at),
      names: () => namesSet(realm, label),
    },
    source,
  );
  return object;
}

/** `process.env`, one in a realm. */
export function environment(realm: Realm, source: SourceRange): Value {
  const known = realm.cache.get("process.env") ?? environmentObject(realm, "process.env", source);
  realm.cache.set("process.env", known);
  return known;
}

/** `import.meta.env` of Vite and Rsbuild. */
export function importMetaEnvironment(realm: Realm, source: SourceRange): Value {
  const env = environmentObject(realm, "import.meta.env", source);
  realm.modeRead = true;
  const isProduction = realm.world.mode === "production";
  for (const [name, data] of Object.entries({
    MODE: realm.world.mode,
    PROD: isProduction,
    DEV: !isProduction,
    SSR: false,
  })) {
    env.properties.set(name, { value: primitive(data, source), keySource: source });
  }
  return env;
}

/** What Node itself gives; what else programs read there, others have put there, or nobody. */
const NODE_MEMBERS =
  /^(?:_.*|(?:get|set).*|abort|allowedNodeEnvironmentFlags|arch|arg.*|assert|availableMemory|binding|channel|chdir|config|connected|constrainedMemory|cpuUsage|cwd|debugPort|disconnect|dlopen|domain|emit.*|env|eventNames|exec.*|exit.*|features|finalization|hrtime|initgroups|kill|listener.*|loadEnvFile|mainModule|memoryUsage|moduleLoadList|nextTick|off|on|once|openStdin|permission|pid|platform|ppid|prepend.*|rawListeners|reallyExit|ref|release|remove.*|report|resourceUsage|send|sourceMapsEnabled|std.*|title|umask|unref|uptime|version|versions|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf|noDeprecation|throwDeprecation|traceDeprecation)$/;

export function processObject(realm: Realm, source: SourceRange): Value {
  const known = realm.cache.get("process");
  if (known !== undefined) return known;
  const object = realm.object(
    {
      type: "lazy",
      name: "process",
      member: (name, at) =>
        NODE_MEMBERS.test(name)
          ? unknown("a member of process that is not evaluated", at)
          : realm.missingVariable(`process.${name}`, at),
    },
    source,
  );
  const functions = namespaceOfMethods(
    realm,
    {
      cwd: (_realm, call) => primitive(realm.world.cwd, call.source),
      exit: (_realm, call) => realm.throwError("Error", "the process ends", call.source),
      on: (_realm, call) => primitive(undefined, call.source),
      uptime: (_realm, call) => unknown("depends on the time", call.source),
      hrtime: (_realm, call) => unknown("depends on the time", call.source),
      emitWarning: (_realm, call) => primitive(undefined, call.source),
    },
    source,
  );
  for (const [name, property] of functions.properties) object.properties.set(name, property);
  const set = (name: string, value: Value): void => {
    object.properties.set(name, { value, keySource: source });
  };
  set("env", environment(realm, source));
  const script = unknown("the tool that loads this file", source, { text: true });
  set("argv", realm.array([primitive("node", source), script], source));
  set("platform", unknown("depends on the operating system", source, { text: true }));
  set("arch", unknown("depends on the machine", source, { text: true }));
  set("version", unknown("depends on the version of Node", source, { text: true }));
  realm.cache.set("process", object);
  return object;
}
