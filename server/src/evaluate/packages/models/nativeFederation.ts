/** Native federation: what `share`, `shareAll` and `withNativeFederation` read and add. */
import type { ModelSource } from "../modelSource.ts";

export const nativeFederationModel: ModelSource = {
  name: "nativeFederation",
  text: String.raw`
const path = require("path");
const fs = require("fs");

const defaultSkips = [
  "@softarc/native-federation-runtime", "@softarc/native-federation", "@softarc/native-federation-core",
  "@softarc/native-federation-node", "@softarc/native-federation-esbuild",
  "@angular-architects/native-federation", "@angular-architects/native-federation-runtime",
  "es-module-shims", "zone.js", "tslib/", "@angular/localize", "@angular/localize/init", "@angular/localize/tools",
  /\/schematics(\/|$)/, /^@nx\/angular/,
  (name) => name.startsWith("@angular/") && !!name.match(/\/testing(\/|$)/),
  (name) => name.startsWith("@types/"),
  "express",
];
const secondarySkips = ["@angular/router/upgrade", "@angular/common/upgrade"];
let infer = false;

function skipped(name, list) {
  return list.some((entry) => (typeof entry === "string" ? entry === name : typeof entry === "function" ? entry(name) : entry.test(name)));
}
function manifestAbove(folder) {
  let current = path.resolve(folder);
  while (!fs.existsSync(path.join(current, "package.json")) && path.dirname(current) !== current) current = path.dirname(current);
  return path.join(current, "package.json");
}
function versionsOf(folder) {
  return { ...require(manifestAbove(folder || process.cwd())).dependencies };
}
function versionOf(key, versions) {
  const parts = key.split("/");
  const name = parts.length >= 2 && parts[0].startsWith("@") ? parts[0] + "/" + parts[1] : parts[0];
  if (!versions[name]) throw new Error("Shared Dependency " + key + " has requiredVersion:'auto'. However, this dependency is not found in your package.json");
  return versions[name];
}
function addSecondaries(result, key, include, folder, settings, skip) {
  let exclude = secondarySkips;
  if (typeof include === "object") exclude = Array.isArray(include.skip) ? include.skip : typeof include.skip === "string" ? [include.skip] : exclude;
  const installed = path.join(folder, "node_modules", key);
  if (!intrinsics.isDirectory(installed)) {
    intrinsics.mayHaveMore(result, "the entry points of " + key + " are not known, it is not installed");
    return;
  }
  const file = path.join(installed, "package.json");
  const entries = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).exports : undefined;
  if (!entries) return;
  for (const name of Object.keys(entries)) {
    if (name === "." || name === "./package.json" || !name.startsWith("./")) continue;
    const target = entries[name];
    let entry = typeof target === "string" ? target : (target.default ?? target.import ?? target.require);
    if (typeof entry === "object") entry = entry.default ?? entry.import ?? entry.require;
    if (typeof entry !== "string" || !/\.[cm]?js$/.test(entry)) continue;
    if (name.includes("*")) {
      if (include.resolveGlob) intrinsics.mayHaveMore(result, "entry points given by a pattern are not listed");
      continue;
    }
    const secondary = path.join(key, name);
    const excluded = exclude.some((one) => one === secondary || (one.endsWith("*") && secondary.startsWith(one.slice(0, -1))));
    if (!excluded && !skipped(secondary, skip)) result[secondary] = { ...settings };
  }
}
function share(objects, folder = "", skip = defaultSkips) {
  const versions = versionsOf(folder);
  const root = path.dirname(manifestAbove(folder || process.cwd()));
  const result = {};
  for (const key in objects) {
    const settings = objects[key];
    if (settings.requiredVersion === "auto" || (infer && settings.requiredVersion === undefined)) {
      const version = versionOf(key, versions);
      settings.requiredVersion = version;
      settings.version = version.replace(/^\D*/, "");
    }
    if (settings.includeSecondaries === undefined) settings.includeSecondaries = true;
    const include = settings.includeSecondaries;
    if (include) delete settings.includeSecondaries;
    result[key] = settings;
    if (include) addSecondaries(result, key, include, root, settings, skip);
  }
  return result;
}
// The second argument was a list of names, and is an object of settings since version 18.
function shareAll(config = {}, given = {}, folder = "") {
  const settings = Array.isArray(given) ? { skipList: given, projectPath: folder } : given;
  const skip = settings.skipList ?? defaultSkips;
  const versions = versionsOf(settings.projectPath);
  const objects = {};
  for (const key in versions) {
    if (skipped(key, skip)) continue;
    if (settings.overrides && Object.keys(settings.overrides).some((name) => key.startsWith(name))) continue;
    const requiredVersion = !config.requiredVersion || config.requiredVersion === "auto" ? versions[key] : config.requiredVersion;
    objects[key] = { ...config, requiredVersion };
  }
  return { ...share(objects, settings.projectPath, skip), ...(settings.overrides ? share(settings.overrides, settings.projectPath, skip) : {}) };
}
function fillOptions(config) {
  const skip = config.skip ?? [];
  let shared = config.shared;
  if (shared) {
    const filled = {};
    for (const key in shared) {
      const given = shared[key];
      filled[key] = {
        requiredVersion: given.requiredVersion ?? "auto", singleton: given.singleton ?? false, strictVersion: given.strictVersion ?? false,
        version: given.version, includeSecondaries: given.includeSecondaries, packageInfo: given.packageInfo, platform: given.platform, build: given.build,
      };
    }
    shared = intrinsics.copyOpenness(shared, filled);
  } else shared = shareAll({ singleton: true, strictVersion: true, requiredVersion: "auto" });
  const kept = {};
  for (const key in shared) if (!skipped(key, skip) && !key.startsWith("@angular/common/locales")) kept[key] = shared[key];
  return { ...config, exposes: config.exposes ?? {}, shared: intrinsics.copyOpenness(shared, kept) };
}
module.exports = { share, shareAll, fillOptions, setInferVersion: (value) => { infer = value; }, DEFAULT_SKIP_LIST: defaultSkips };
`,
};
