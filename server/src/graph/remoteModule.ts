/** The module that a request becomes which names a remote of a plugin instance. */
import { remoteIdentifier } from "./identifiers.ts";
import type { RemoteModule } from "./module.ts";
import type { PluginTables } from "./pluginTables.ts";
import { remoteAddress } from "./remoteAddress.ts";

/** `undefined` where no remote takes the request; one with an inline loader is for the loader. */
export function remoteModule(tables: PluginTables, request: string): RemoteModule | undefined {
  if (request.includes("!")) return undefined;
  const remote = tables.remotes.find(({ alias }) => request === alias || request.startsWith(`${alias}/`));
  if (remote === undefined) return undefined;
  const { alias, shareScopes, addresses, entry } = remote;
  const internalRequest = `.${request.slice(alias.length)}`;
  return {
    type: "remote",
    id: remoteIdentifier(shareScopes, alias, addresses.length, internalRequest),
    container: tables.owner,
    remote: alias,
    request,
    shareScopes,
    internalRequest,
    externalType: remoteAddress(addresses[0] ?? "").externalType,
    entry,
  };
}
