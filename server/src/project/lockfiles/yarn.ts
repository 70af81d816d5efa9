/**
 * `yarn.lock`, of Yarn 1 and of later ones: entries by what was asked for, `react@^18.2.0`. Read by its lines, since the
 * files are long. Where the question's own text is not among them, as with `resolutions`, a package of which there is one
 * version only is known.
 */
import { append } from "../../base/append.ts";
import { type LockedPackage, type Lockfile, versionOnly } from "./locked.ts";

interface Entry {
  readonly name: string;
  readonly range: string;
  readonly locked: LockedPackage;
}

export function yarnLockfile(content: string): Lockfile {
  const byName = new Map<string, Entry[]>();
  for (const entry of entriesOf(content)) append(byName, entry.name, entry);
  return ({ name, specifier }) => {
    const named = byName.get(name) ?? [];
    const asked = named.find(({ range }) => range === specifier || range === `npm:${specifier}`);
    if (asked !== undefined) return asked.locked;
    const versions = new Set(named.map(({ locked }) => locked.version ?? locked.workspace));
    return versions.size === 1 ? named[0]?.locked : undefined;
  };
}

/** `"react@^18.0.0", react@^18.2.0:` or `"react@npm:^18.0.0, react@npm:^18.2.0":`, long ones as `? …`, with fields below. */
function* entriesOf(content: string): Generator<Entry> {
  for (const [, keys = "", fields = ""] of content.matchAll(
    /^(?:\? )?([^\s#][^\n]*?)(?:\r?\n)?:\r?\n((?: {2}[^\n]*\n?)+)/gm,
  )) {
    const workspace = /^ {2}resolution: "?[^"\n]*@workspace:([^"\s]+)/m.exec(fields)?.[1];
    const version = /^ {2}version:? "?([^"\s]+)/m.exec(fields)?.[1];
    const locked = workspace === undefined ? versionOnly(version) : { version: undefined, workspace };
    if (locked !== undefined) for (const key of keys.split(/,\s*/)) yield* entryOf(unquoted(key), locked);
  }
}

function entryOf(key: string, locked: LockedPackage): readonly Entry[] {
  const at = key.indexOf("@", 1);
  if (at < 0) return [];
  return [{ name: key.slice(0, at), range: key.slice(at + 1), locked }];
}

function unquoted(key: string): string {
  return key.replace(/^"|"$/g, "");
}
