/** `externals` of a bundler's configuration: which requests leave the bundle. */

import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";

/** Texts, lists and objects are understood; functions and what is not known match nothing. */
export function externalTest(config: FederationConfig): (request: string) => boolean {
  const names = new Set<string>();
  collect(knownValue(config.build.options.get("externals")), names);
  return (request) => names.has(request);
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value === "string") names.add(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, names);
  else if (typeof value === "object" && value !== null) {
    for (const [name, target] of Object.entries(value)) if (target !== false) names.add(name);
  }
}
