/** The module that a container's exposes are asked through. */
import { containerEntryIdentifier } from "./identifiers.ts";
import type { ContainerEntryModule } from "./module.ts";
import type { PluginTables } from "./pluginTables.ts";

/** Of a plugin instance with exposes. */
export function containerEntryModule({ owner, name = "", filename, exposes }: PluginTables): ContainerEntryModule {
  return {
    type: "container-entry",
    id: containerEntryIdentifier(
      name,
      exposes.map(({ key }) => key),
    ),
    container: owner,
    name,
    filename,
    exposes: Object.fromEntries(exposes.map(({ key, requests }) => [key, requests])),
  };
}
