/** webpack checks its plugin's options against a schema, and builds nothing when they do not fit. */
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

/** The first option that webpack's own plugin does not know, by its path; `undefined` for other implementations. */
export function unknownOption(config: FederationConfig): string | undefined {
  if (config.implementation !== "webpack") return undefined;
  if (config.shareStrategy !== undefined) return "shareStrategy";
  for (const name of config.options.keys()) if (!PLUGIN_OPTIONS.has(name)) return name;
  for (const { key, value } of config.shared.entries) {
    for (const name of value.options.keys()) if (!SHARED_OPTIONS.has(name)) return `shared.${key}.${name}`;
  }
  return undefined;
}
