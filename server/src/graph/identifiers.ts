/** Texts by which the bundlers print shared and remote modules. */
import { type FilePath, relativePath } from "../vfs/path.ts";

/** A path as webpack's request shortener prints it, from the compiler's context. */
export function shortenedPath(context: FilePath, file: FilePath): string {
  const relative = relativePath(context, file);
  return relative.startsWith("..") ? relative : `./${relative}`;
}

export interface ConsumeIdentity {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly requiredVersion: string | false | null;
  readonly strictVersion: boolean;
  readonly singleton: boolean;
  readonly eager: boolean;
  readonly fallback: FilePath | null;
  readonly layer: string | undefined;
}

export function consumeIdentifier(context: FilePath, identity: ConsumeIdentity): string {
  const version = identity.requiredVersion || "*";
  return [
    `consume shared module (${identity.shareScope}) ${identity.shareKey}@${version}`,
    identity.strictVersion ? " (strict)" : "",
    identity.singleton ? " (singleton)" : "",
    identity.fallback === null ? "" : ` (fallback: ${shortenedPath(context, identity.fallback)})`,
    identity.eager ? " (eager)" : "",
    identity.layer === undefined ? "" : ` (${identity.layer})`,
  ].join("");
}

export function provideIdentifier(
  context: FilePath,
  shareScope: string,
  shareKey: string,
  version: string | false,
  resource: FilePath,
): string {
  return `provide shared module (${shareScope}) ${shareKey}@${version === false ? 0 : version} = ${shortenedPath(context, resource)}`;
}

/** `remote (default) webpack/container/reference/cart ./Button`. */
export function remoteIdentifier(
  shareScope: string,
  alias: string,
  addresses: number,
  internalRequest: string,
): string {
  const references = Array.from(
    { length: Math.max(1, addresses) },
    (_, index) => `webpack/container/reference/${alias}${index === 0 ? "" : `/fallback-${index}`}`,
  );
  return `remote (${shareScope}) ${references.join(" ")} ${internalRequest}`;
}

export function containerEntryIdentifier(name: string, exposes: readonly string[]): string {
  return `container entry (${name}) ${exposes.join(", ")}`;
}
