/** `@angular-architects/module-federation`: what `share`, `shareAll` and `withModuleFederationPlugin` read and add. */
import type { ModelSource } from "../modelSource.ts";

export const angularFederationModel: ModelSource = {
  name: "angularFederation",
  text: String.raw`
const path = require("path");
const fs = require("fs");

const secondarySkips = ["@angular/router/upgrade", "@angular/common/upgrade"];
const skips = [
  "@softarc/native-federation-runtime", "@softarc/native-federation-core", "@softarc/native-federation",
  "@angular-architects/module-federation", "@angular-architects/module-federation-runtime", "tslib", "zone.js",
];
let infer = false;

function manifestAbove(folder) {
  let current = path.resolve(folder);
  while (!fs.existsSync(path.join(current, "package.json")) && path.dirname(current) !== current) current = path.dirname(current);
  return path.join(current, "package.json");
}
function versionOf(key, versions) {
  const parts = key.split("/");
  let name = parts.length >= 2 && parts[0].startsWith("@") ? parts[0] + "/" + parts[1] : parts[0];
  if (name.toLowerCase() === "@angular-architects/module-federation-runtime") name = "@angular-architects/module-federation";
  if (!versions[name]) throw new Error("Shared Dependency " + key + " has requiredVersion:'auto'. However, this dependency is not found in your package.json");
  return versions[name];
}
// Entry points below a package are shared too; they are known only when it is installed.
function addSecondaries(result, key, include, manifest, settings, skip) {
  let exclude = skip;
  if (typeof include === "object") exclude = Array.isArray(include.skip) ? include.skip : typeof include.skip === "string" ? [include.skip] : skip;
  const folder = path.join(path.dirname(manifest), "node_modules", key);
  if (!intrinsics.isDirectory(folder)) {
    intrinsics.mayHaveMore(result, "the entry points of " + key + " are not known, it is not installed");
    return;
  }
  const file = path.join(folder, "package.json");
  if (!fs.existsSync(file)) return;
  const entries = JSON.parse(fs.readFileSync(file, "utf8")).exports;
  if (!entries) {
    findSecondaries(result, folder, exclude, settings);
    return;
  }
  for (const name of Object.keys(entries)) {
    if (name === "." || name === "./package.json" || name.endsWith("*")) continue;
    if (!(typeof entries[name] === "string" || entries[name].default)) continue;
    const secondary = path.join(key, name);
    if (!exclude.includes(secondary)) result[secondary] = { ...settings };
  }
}
function findSecondaries(result, folder, exclude, settings) {
  for (const name of fs.readdirSync(folder)) {
    const inner = path.join(folder, name);
    if (name === "node_modules" || !intrinsics.isDirectory(inner) || !fs.existsSync(path.join(inner, "package.json"))) continue;
    const secondary = inner.replace(/^.*node_modules[/]/, "");
    if (exclude.includes(secondary)) continue;
    result[secondary] = { ...settings };
    findSecondaries(result, inner, exclude, settings);
  }
}

function share(objects, folder = "", skip = secondarySkips) {
  const manifest = manifestAbove(folder || process.cwd());
  const versions = { ...require(manifest).dependencies };
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
    if (include) addSecondaries(result, key, include, manifest, settings, skip);
  }
  return result;
}
function shareAll(config = {}, skip = [...skips, ...secondarySkips], folder = "") {
  const versions = { ...require(manifestAbove(folder || process.cwd())).dependencies };
  const objects = {};
  for (const key in versions) if (!skip.includes(key)) objects[key] = { ...config };
  return share(objects, folder, skip);
}

class SharedMappings {
  mappings = [];
  register(file, shared, root = path.normalize(path.dirname(file))) {
    const paths = intrinsics.pathsOf(file);
    if (!paths) return;
    for (const key in paths) {
      const target = paths[key][0];
      if (target.includes("*") || key.includes("*") || (shared && !shared.includes(key))) continue;
      this.mappings.push({ key, path: path.normalize(path.join(root, target)) });
    }
  }
  getPlugin() { return {}; }
  getAliases() { return Object.fromEntries(this.mappings.map((mapping) => [mapping.key, mapping.path])); }
  getDescriptors(eager) { return Object.fromEntries(this.mappings.map((mapping) => [mapping.key, { requiredVersion: false, eager }])); }
  getDescriptor(key, requiredVersion = null) {
    const mapping = this.mappings.find((one) => one.key === key);
    return { [key]: { import: mapping.path, requiredVersion: requiredVersion ?? false } };
  }
}

function rootTsconfig() {
  const folder = path.dirname(manifestAbove(process.cwd()));
  const base = path.join(folder, "tsconfig.base.json");
  return fs.existsSync(base) ? base : path.join(folder, "tsconfig.json");
}
function fillOptions(config) {
  const shared = config.sharedMappings;
  delete config.sharedMappings;
  const skip = [...skips, ...secondarySkips, ...(config.skip || [])];
  delete config.skip;
  const mappings = new SharedMappings();
  mappings.register(rootTsconfig(), shared);
  if (!config.library) config.library = { type: "module" };
  if (!config.filename) config.filename = "remoteEntry.js";
  if (!config.shared) config.shared = shareAll({ singleton: true, strictVersion: true, requiredVersion: "auto" }, skip);
  if (Array.isArray(config.shared)) config.shared = [...config.shared, mappings.getDescriptors()];
  else if (typeof config.shared === "object") config.shared = { ...config.shared, ...mappings.getDescriptors() };
  for (const key in config.shared) if (config.shared[key].pinned) delete config.shared[key].pinned;
  return config;
}
function buildConfig(config, plugin) {
  const mappings = new SharedMappings();
  mappings.register(rootTsconfig(), undefined);
  return {
    output: { publicPath: "auto" },
    optimization: { runtimeChunk: false },
    resolve: { alias: mappings.getAliases() },
    ...(config.library.type === "module" ? { experiments: { outputModule: true } } : {}),
    plugins: [plugin],
  };
}
module.exports = { share, shareAll, SharedMappings, fillOptions, buildConfig, setInferVersion: (value) => { infer = value; }, findRootTsConfigJson: rootTsconfig, DEFAULT_SKIP_LIST: skips, DEFAULT_SECONDARIES_SKIP_LIST: secondarySkips };
`,
};
