/** `runtimePlugins` of the 2.x plugins: files that become part of the build beside its entries. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { BuildEntry, FederationConfig } from "../model/federationConfig.ts";

/** What asks for them, and the dependency type of that: each is called with all that it exports. */
export const RUNTIME_PLUGIN = "runtime plugin";

/** The entry that asks for them; none where there are none. An item is a file's path, or one with what the plugin is given. */
export function runtimePluginEntry({ options }: FederationConfig): readonly BuildEntry[] {
  const option = options.get("runtimePlugins");
  if (option === undefined) return [];
  const name = "runtimePlugins";
  if (!option.known) return [{ name, requests: [option] }];
  const listed = knownValue(option);
  const files = (Array.isArray(listed) ? listed : [])
    .map((item: unknown): unknown => (Array.isArray(item) ? item[0] : item))
    .filter((item) => typeof item === "string");
  return [{ name, requests: files.map((value) => ({ ...option, value })) }];
}
