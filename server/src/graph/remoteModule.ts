/** The module that a request becomes which names a remote of the container. */
import type { Container } from "./container.ts";
import { remoteIdentifier } from "./identifiers.ts";
import type { RemoteModule } from "./module.ts";
import { remoteAddress } from "./remoteAddress.ts";

/** `undefined` where no remote takes the request; one with an inline loader is for the loader. */
export function remoteModule(container: Container, request: string): RemoteModule | undefined {
  if (request.includes("!")) return undefined;
  const remote = container.remotes.find(({ alias }) => request === alias || request.startsWith(`${alias}/`));
  if (remote === undefined) return undefined;
  const { alias, shareScopes, addresses, entry } = remote;
  const internalRequest = `.${request.slice(alias.length)}`;
  return {
    type: "remote",
    id: remoteIdentifier(shareScopes, alias, addresses.length, internalRequest),
    container: container.id,
    remote: alias,
    request,
    shareScopes,
    internalRequest,
    externalType: remoteAddress(addresses[0] ?? "").externalType,
    entry,
  };
}
