/** Packages that merge and pick: their members, each a function of a model. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import type { PackageModel, Realm } from "../realm.ts";
import type { Value } from "../value.ts";
import { callModel, type ModelSource, modelMember } from "./modelSource.ts";
import { lodashModel } from "./models/lodash.ts";
import { mergeModel } from "./models/merge.ts";

interface Members {
  readonly modules: RegExp;
  /** Member name → function of the merge model; `""` is the module itself. */
  readonly functions: Readonly<Record<string, string>>;
}

const PACKAGES: readonly Members[] = [
  {
    modules: /^webpack-merge$/,
    functions: {
      "": "webpackMerge",
      merge: "webpackMerge",
      smart: "webpackMerge",
      mergeWithCustomize: "webpackMergeWith",
      customizeArray: "webpackCustomizeArray",
      customizeObject: "webpackCustomizeObject",
    },
  },
  { modules: /^lodash[.]merge$|^lodash(?:-es)?\/merge(?:\.js)?$/, functions: { "": "lodashMerge" } },
  { modules: /^lodash[.]mergewith$|^lodash(?:-es)?\/mergeWith(?:\.js)?$/, functions: { "": "lodashMergeWith" } },
  { modules: /^lodash[.]clonedeep$|^lodash(?:-es)?\/cloneDeep(?:\.js)?$/, functions: { "": "clone" } },
  {
    modules: /^lodash(?:-es)?$/,
    functions: { merge: "lodashMerge", mergeWith: "lodashMergeWith", cloneDeep: "clone", clone: "clone" },
  },
  { modules: /^deepmerge$/, functions: { "": "deepmerge", all: "deepmergeAll" } },
  { modules: /^deepmerge-ts$/, functions: { "": "deepmergeMany", deepmerge: "deepmergeMany" } },
  { modules: /^defu$/, functions: { "": "defu", defu: "defu" } },
  {
    modules: /^(?:@rsbuild\/core|@rslib\/core)$/,
    functions: { mergeRsbuildConfig: "mergeConfig", mergeRslibConfig: "mergeConfig" },
  },
  { modules: /^(?:vite|vitest\/config)$/, functions: { mergeConfig: "mergeConfig" } },
];

function memberOf(realm: Realm, model: ModelSource, name: string, source: SourceRange): Value {
  return realm.native(name, source, (call) => callModel(realm, model, name, call));
}

/** webpack-merge, lodash, deepmerge, defu and the merge functions of tools. */
export const mergeModels: PackageModel = {
  covers: (module) => PACKAGES.some((known) => known.modules.test(module)) || /^lodash(?:-es)?\//.test(module),
  member: (realm, module, path, source) => {
    const known = PACKAGES.find((candidate) => candidate.modules.test(module));
    const name = path.at(-1) ?? "";
    const target = known?.functions[name];
    if (target !== undefined) {
      const value = memberOf(realm, mergeModel, target, source) as Extract<Value, { kind: "object" }>;
      if (path.length === 0) {
        for (const [key, inner] of Object.entries(known!.functions)) {
          if (key !== "")
            value.properties.set(key, {
              value: memberOf(realm, mergeModel, inner, source),
              keySource: source,
              hidden: true,
            });
        }
      }
      return value;
    }
    if (/^lodash(?:-es)?$/.test(module) && name !== "") return lodashMember(realm, name, source);
    const single = /^lodash(?:-es)?\/(\w+)(?:\.js)?$/.exec(module)?.[1];
    return single === undefined || path.length > 0 ? undefined : lodashMember(realm, single, source);
  },
};

function lodashMember(realm: Realm, name: string, source: SourceRange): Value | undefined {
  const value = modelMember(realm, lodashModel, name, source);
  return value.kind === "object" ? value : undefined;
}
