/** Plugins check their options against a schema, and build nothing when they do not fit. */
import { type Evaluated, type Json, knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { isPart } from "./pluginParts.ts";

const PLUGIN_OPTIONS = new Set([
  "remoteType",
  "runtime",
  "library",
  "name",
  "filename",
  "exposes",
  "remotes",
  "shareScope",
  "shared",
]);

const SHARED_OPTIONS = new Set(
  "eager exclude import include packageName requiredVersion shareKey shareScope singleton strictVersion version".split(
    " ",
  ),
);

const FILTERS = ["include", "exclude"];
const FILTER_OPTIONS = new Set(["request", "version"]);

/** The first option that webpack's own plugin does not know, by its path; `undefined` for other implementations. */
export function unknownOption(config: FederationConfig): string | undefined {
  return config.implementation === "webpack" ? unknownToWebpack(config) : undefined;
}

/** What the plugin says as it refuses its options; `undefined` where all are taken. */
export function refusalOf(config: FederationConfig): string | undefined {
  const option = refusedOption(config);
  return option === undefined
    ? undefined
    : `Invalid options object. Module Federation Plugin has been initialized using an options object that does not match the API schema: '${option}'`;
}

/** The first option that makes the plugin refuse its options, by its path. */
function refusedOption(config: FederationConfig): string | undefined {
  if (config.implementation === "rspack") return isPart(config) ? undefined : withoutEntry(config);
  return config.implementation === "enhanced" ? unknownToEnhanced(config) : unknownOption(config);
}

function unknownToWebpack(config: FederationConfig): string | undefined {
  if (config.shareStrategy !== undefined) return "shareStrategy";
  for (const name of config.options.keys()) if (!PLUGIN_OPTIONS.has(name)) return name;
  for (const { key, value } of config.shared.entries) {
    for (const name of value.options.keys()) if (!SHARED_OPTIONS.has(name)) return `shared.${key}.${name}`;
    for (const filter of FILTERS) {
      const name = memberNames(value.options.get(filter))?.find((member) => !FILTER_OPTIONS.has(member));
      if (name !== undefined) return `shared.${key}.${filter}.${name}`;
    }
  }
  return undefined;
}

/** A filter has to say what it filters by; a `fallbackVersion` alone is refused where something is provided. */
function unknownToEnhanced(config: FederationConfig): string | undefined {
  for (const { key, value } of config.shared.entries) {
    for (const filter of FILTERS) {
      const names = memberNames(value.options.get(filter));
      if (names === undefined || names.includes("request") || names.includes("version")) continue;
      if (names.length === 0 || knownValue(value.options.get("import")) !== false) return `shared.${key}.${filter}`;
    }
  }
  return undefined;
}

/** Rspack's plugin reads the name and the URL of each remote that is loaded as a script, and stops where one is missing. */
function withoutEntry(config: FederationConfig): string | undefined {
  const library = knownValue(config.options.get("library"));
  const libraryType = typeof library === "object" && library !== null && "type" in library ? library.type : undefined;
  const remoteType = knownValue(config.options.get("remoteType")) ?? libraryType ?? "script";
  for (const { key, value } of config.remotes.entries) {
    for (const address of value.addresses) {
      const text = address.known ? address.value : undefined;
      if (text === undefined) continue;
      const typed = /^([a-z0-9-]+) /.exec(text);
      const request = typed === null ? text : text.slice(typed[0].length);
      const at = request.indexOf("@");
      if ((typed?.[1] ?? remoteType) === "script" && (at <= 0 || at === request.length - 1)) return `remotes.${key}`;
    }
  }
  return undefined;
}

function memberNames(option: Evaluated<Json> | undefined): readonly string[] | undefined {
  const value = knownValue(option);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value);
}
