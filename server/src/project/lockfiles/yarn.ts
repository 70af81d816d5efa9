/**
 * `yarn.lock`, of Yarn 1 and of later ones (which are YAML): entries by what was asked for, `react@^18.2.0`. Where the
 * question's own text is not among them, as with `resolutions`, a package of which there is one version only is known.
 */
import { parse } from "yaml";
import { type LockedPackage, type Lockfile, record, text, versionOnly } from "./locked.ts";

interface Entry {
  readonly name: string;
  readonly range: string;
  readonly locked: LockedPackage;
}

export function yarnLockfile(content: string): Lockfile {
  const entries = content.includes("__metadata:") ? berryEntries(content) : classicEntries(content);
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = byName.get(entry.name);
    if (known === undefined) byName.set(entry.name, [entry]);
    else known.push(entry);
  }
  return ({ name, specifier }) => {
    const named = byName.get(name) ?? [];
    const asked = named.find(({ range }) => range === specifier || range === `npm:${specifier}`);
    if (asked !== undefined) return asked.locked;
    const versions = new Set(named.map(({ locked }) => locked.version ?? locked.workspace));
    return versions.size === 1 ? named[0]?.locked : undefined;
  };
}

/** `"react@^18.0.0", react@^18.2.0:` and the `version` below it. */
function classicEntries(content: string): readonly Entry[] {
  return [...content.matchAll(/^(\S[^\n]*):\r?\n(?: {2}[^\n]*\r?\n)*? {2}version "?([^"\s]+)"?/gm)].flatMap(
    ([, keys = "", version]) => keys.split(", ").flatMap((key) => entryOf(unquoted(key), versionOnly(version))),
  );
}

function berryEntries(content: string): readonly Entry[] {
  return Object.entries(record(parse(content))).flatMap(([keys, value]) => {
    const resolution = text(record(value).resolution) ?? "";
    const workspace = /@workspace:(.*)$/.exec(resolution)?.[1];
    const version = text(record(value).version);
    const locked = workspace === undefined ? versionOnly(version) : { version: undefined, workspace };
    return keys.split(", ").flatMap((key) => entryOf(key, locked));
  });
}

function entryOf(key: string, locked: LockedPackage | undefined): readonly Entry[] {
  const at = key.indexOf("@", 1);
  if (at < 0 || locked === undefined) return [];
  return [{ name: key.slice(0, at), range: key.slice(at + 1), locked }];
}

function unquoted(key: string): string {
  return key.replace(/^"|"$/g, "");
}
