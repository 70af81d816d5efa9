/** Texts by which the bundlers print shared and remote modules. */
import type { Implementation } from "../model/federationConfig.ts";
import { parseWebpackRange, webpackRangeText } from "../model/webpackRange.ts";
import { type FilePath, isAbsolutePath, relativePath } from "../vfs/path.ts";

/** A path as webpack's request shortener prints it, from the compiler's context. */
export function shortenedPath(context: FilePath, file: FilePath): string {
  const relative = relativePath(context, file);
  return relative.startsWith("..") ? relative : `./${relative}`;
}

export interface ConsumeIdentity {
  /** Several scopes are printed together. */
  readonly shareScopes: readonly string[];
  readonly shareKey: string;
  readonly requiredVersion: string | false | null;
  readonly strictVersion: boolean;
  readonly singleton: boolean;
  readonly eager: boolean;
  readonly fallback: FilePath | null;
  readonly layer: string | undefined;
}

/** A consume-shared module as its bundler prints it: two different ones may be printed alike. */
export function consumeIdentifier(
  context: FilePath,
  implementation: Implementation,
  identity: ConsumeIdentity,
): string {
  const { requiredVersion, shareScopes, shareKey, fallback } = identity;
  return [
    `consume shared module (${shareScopes.join("|")}) ${shareKey}@${printedRange(requiredVersion, implementation)}`,
    identity.strictVersion ? " (strict)" : "",
    identity.singleton ? " (singleton)" : "",
    fallback === null ? "" : ` (fallback: ${shortenedPath(context, fallback)})`,
    identity.eager ? " (eager)" : "",
    identity.layer === undefined ? "" : ` (${identity.layer})`,
  ].join("");
}

function printedRange(version: string | false | null, implementation: Implementation): string {
  if (!version) return "*";
  if (implementation === "webpack") return normalRange(version);
  return implementation === "enhanced" ? scrambledRange(version) : version;
}

/** A range as webpack holds it once it has read it: `1.x` is `^1`, `^0.3.0` is `~0.3.0`. */
export function normalRange(version: string): string {
  try {
    return webpackRangeText(parseWebpackRange(version));
  } catch {
    return version;
  }
}

/** enhanced hands webpack's printer the text where it expects a range that was read: it prints single characters. */
function scrambledRange(version: string): string {
  if (version.length === 1) return "*";
  const [first = "", ...rest] = version;
  const digit = Number(first.trim() === "" ? 0 : first);
  const operator = digit === 0 ? ">=" : digit === 1 ? "^" : digit === 2 ? "~" : digit > 0 ? "=" : "!=";
  return operator + rest.join(".");
}

/** `request` is a file, or the relative key as it is written. */
export function provideIdentifier(
  context: FilePath,
  shareScopes: readonly string[],
  shareKey: string,
  version: string | false,
  request: string,
): string {
  const place = isAbsolutePath(request) ? shortenedPath(context, request) : request;
  return `provide shared module (${shareScopes.join("|")}) ${shareKey}@${version} = ${place}`;
}

/** `remote (default) webpack/container/reference/cart ./Button`. */
export function remoteIdentifier(
  shareScopes: readonly string[],
  alias: string,
  addresses: number,
  internalRequest: string,
): string {
  const references = Array.from(
    { length: Math.max(1, addresses) },
    (_, index) => `webpack/container/reference/${alias}${index === 0 ? "" : `/fallback-${index}`}`,
  );
  return `remote (${shareScopes.join("|")}) ${references.join(" ")} ${internalRequest}`;
}

export function containerEntryIdentifier(name: string, exposes: readonly string[]): string {
  return `container entry (${name}) ${exposes.join(", ")}`;
}
