/** The functions of `semver` that configurations use, by the library itself. */
import semver from "semver";
import { notKnown, plainArguments } from "../builtins/method.ts";
import type { PackageModel } from "../realm.ts";
import { primitive } from "../value.ts";

const FUNCTIONS: Readonly<
  Record<string, (left: string, right: string) => string | number | boolean | null | undefined>
> = {
  valid: (version) => semver.valid(version),
  validRange: (range) => semver.validRange(range),
  clean: (version) => semver.clean(version),
  major: (version) => semver.major(version),
  minor: (version) => semver.minor(version),
  patch: (version) => semver.patch(version),
  satisfies: (version, range) => semver.satisfies(version, range),
  gt: (left, right) => semver.gt(left, right),
  gte: (left, right) => semver.gte(left, right),
  lt: (left, right) => semver.lt(left, right),
  lte: (left, right) => semver.lte(left, right),
  eq: (left, right) => semver.eq(left, right),
  intersects: (left, right) => semver.intersects(left, right),
};

/** Functions that give a version object, of which mostly the text is used. */
const VERSIONS: Readonly<Record<string, (text: string) => semver.SemVer | null>> = {
  coerce: (text) => semver.coerce(text),
  minVersion: (range) => semver.minVersion(range),
  parse: (text) => semver.parse(text),
};

export const semverModel: PackageModel = {
  covers: (module) => module === "semver",
  member: (realm, module, path, source) => {
    if (module !== "semver") return undefined;
    const name = path.length === 1 ? path[0]! : "";
    const compute = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    const version = Object.hasOwn(VERSIONS, name) ? VERSIONS[name] : undefined;
    if (compute === undefined && version === undefined) return undefined;
    return realm.native(name, source, (call) => {
      const args = plainArguments(call);
      if (args === undefined) return notKnown(call);
      try {
        if (compute !== undefined) return primitive(compute(args[0] as string, args[1] as string), call.source);
        const found = version!(args[0] as string);
        if (found === null) return primitive(null, call.source);
        const object = realm.plain(call.source);
        for (const key of ["version", "raw", "major", "minor", "patch"] as const) {
          object.properties.set(key, { value: primitive(found[key], call.source), keySource: call.source });
        }
        const text = realm.native("toString", call.source, () => primitive(found.version, call.source));
        object.properties.set("toString", { value: text, keySource: call.source, hidden: true });
        object.properties.set("format", { value: text, keySource: call.source, hidden: true });
        return object;
      } catch {
        return realm.throwError("TypeError", `Invalid Version`, call.source);
      }
    });
  },
};
