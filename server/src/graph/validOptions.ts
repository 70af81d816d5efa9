/** webpack checks its plugin's options against a schema, and builds nothing when they do not fit. */
import { type Json, knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";

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

const FILTER_OPTIONS = new Set(["request", "version"]);

/** The first option that webpack's own plugin does not know, by its path; `undefined` for other implementations. */
export function unknownOption(config: FederationConfig): string | undefined {
  if (config.implementation !== "webpack") return undefined;
  if (config.shareStrategy !== undefined) return "shareStrategy";
  for (const name of config.options.keys()) if (!PLUGIN_OPTIONS.has(name)) return name;
  for (const { key, value } of config.shared.entries) {
    for (const name of value.options.keys()) if (!SHARED_OPTIONS.has(name)) return `shared.${key}.${name}`;
    for (const filter of ["include", "exclude"]) {
      const name = unknownMember(knownValue(value.options.get(filter)), FILTER_OPTIONS);
      if (name !== undefined) return `shared.${key}.${filter}.${name}`;
    }
  }
  return undefined;
}

function unknownMember(value: Json | undefined, known: ReadonlySet<string>): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).find((name) => !known.has(name));
}
