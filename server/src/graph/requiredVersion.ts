/**
 * The required version of a consume that states none: what the nearest manifest that knows the package says. After
 * webpack's `getDescriptionFile`, `getRequiredVersionFromDescriptionFile` and `normalizeVersion`.
 */

import type { Implementation } from "../model/federationConfig.ts";
import { looksLikeVersion } from "../model/normaliseShared.ts";
import {
  type DependencyField,
  dependencyField,
  dependencyIn,
  type Manifest,
  manifestsAbove,
} from "../project/manifest.ts";
import { type FilePath, isAbsolutePath, joinPath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

export interface InferredVersion {
  readonly version: string | undefined;
  /** Where it stands: the manifest and the members that lead to it. */
  readonly place: { readonly file: FilePath; readonly field: DependencyField; readonly name: string } | undefined;
  /** The details of the bundler's warning; `undefined` where it gives none. */
  readonly warning: string | undefined;
}

const NONE: InferredVersion = { version: undefined, place: undefined, warning: undefined };

/** The package part of a request: `@scope/name` or `name`. */
export function packageNameOf(request: string): string | undefined {
  return /^(?:@[^\\/]+[\\/])?[^\\/]+/.exec(request)?.[0];
}

/** For a request made in `directory`. */
export function inferRequiredVersion(
  db: Db,
  directory: FilePath,
  request: string,
  packageName: string | undefined,
  implementation: Implementation,
): InferredVersion {
  let name = packageName;
  if (name === undefined) {
    if (isAbsolutePath(request)) return NONE;
    name = packageNameOf(request);
    if (name === undefined) return { ...NONE, warning: "Unable to extract the package name from request." };
  }
  const checked: FilePath[] = [];
  for (const manifest of manifestsFor(db, directory, implementation)) {
    checked.push(manifest.file);
    if (manifest.name === name) return NONE;
    const field = dependencyField(manifest, name);
    if (field === undefined) continue;
    return fromField(manifest, field, name, implementation);
  }
  if (checked.length === 0) return { ...NONE, warning: `Unable to find description file in ${directory}.` };
  const list = checked.join("\n");
  return {
    ...NONE,
    warning: `Unable to find required version for "${name}" in description file/s\n${list}\nIt need to be in dependencies, devDependencies or peerDependencies.`,
  };
}

/** Rspack does not look beyond the package that the issuer is installed in. */
export function* manifestsFor(db: Db, directory: FilePath, implementation: Implementation): Generator<Manifest> {
  const end = implementation === "rspack" ? `${directory}/`.lastIndexOf("/node_modules/") + "/node_modules".length : 0;
  for (const manifest of manifestsAbove(db, directory)) {
    if (parentPath(manifest.file).length <= end && directory.includes("/node_modules/")) return;
    yield manifest;
  }
}

/** webpack takes an empty range for none, enhanced for any version; Rspack takes the text as it stands. */
function fromField(
  manifest: Manifest,
  field: DependencyField,
  name: string,
  implementation: Implementation,
): InferredVersion {
  const text = dependencyIn(manifest, field, name) ?? "";
  const version = implementation === "rspack" ? text : normaliseDependencyVersion(text);
  return {
    version: version === "" && implementation === "webpack" ? undefined : version,
    place: { file: joinPath(manifest.file), field, name },
    warning: undefined,
  };
}

/** A manifest's version text as webpack reads it: a range, or the range after `#` of a git address; empty for neither. */
export function normaliseDependencyVersion(text: string): string {
  const trimmed = text.trim();
  if (looksLikeVersion(trimmed)) return trimmed;
  return gitVersion(trimmed.toLowerCase());
}

const GITHUB_SHORTHAND = /^[^/@:.\s][^/@:\s]*\/[^@:\s]*[^/@:\s]#\S+/;
const GIT_SHORT = /^(?:github|gitlab|bitbucket|gist):\/?[^/.]+\/?/i;
const PROTOCOL = /^(?:(?:git\+)?(?:ssh|https?|file)|git|github|gitlab|bitbucket|gist):$/i;
const CUSTOM_PROTOCOL = /^(?:(?:git\+)?(?:ssh|https?|file)|git):\/\//i;
const HASH_VERSION = /#(?:semver:)?(.+)/;
const HOST_NAME = /^(?:[^/.]+(?:\.[^/.]+)+|localhost)$/;
const HOST_WITH_COLON = /([^/@#:.]+(?:\.[^/@#:.]+)+|localhost):([^#/0-9]+)/;
const NO_PROTOCOL = /^[^/@#:.]+(?:\.[^/@#:.]+)+/;

function gitVersion(address: string): string {
  const original = address;
  let url = GITHUB_SHORTHAND.test(address) ? `github:${address}` : address;
  url = url.startsWith("git@") ? `git+ssh://${url.slice(4)}` : url;
  url = withColonCorrected(url);
  if (NO_PROTOCOL.test(url) || /^git@/.test(url)) url = `git+ssh://${url}`;
  let parsed: { readonly protocol: string; readonly hostname: string; readonly hash: string } | undefined;
  try {
    const { protocol, hostname, hash } = new URL(url);
    parsed = { protocol, hostname, hash };
  } catch {
    parsed = undefined;
  }
  if (parsed === undefined || !PROTOCOL.test(parsed.protocol)) return "";
  const hash = hashVersion(parsed.hash);
  if (GIT_SHORT.test(original) || GITHUB_SHORTHAND.test(original)) return hash;
  if (CUSTOM_PROTOCOL.test(url) && !HOST_NAME.test(parsed.hostname) && parsed.protocol !== "file:") return "";
  return hash;
}

function withColonCorrected(url: string): string {
  return url.replace(HOST_WITH_COLON, (_, host: string, rest: string) => `${host}/${rest}`);
}

function hashVersion(hash: string): string {
  const version = HASH_VERSION.exec(hash)?.[1] ?? "";
  try {
    return decodeURIComponent(version);
  } catch {
    return version;
  }
}
