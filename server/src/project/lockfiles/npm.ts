/** `package-lock.json` and `npm-shrinkwrap.json`, of every version, and the text form of Bun's. */
import { parse } from "jsonc-parser";
import { type Data, foldersAbove, type LockedPackage, type Lockfile, record, text, versionOnly } from "./locked.ts";

export function npmLockfile(content: string): Lockfile {
  const data = record(parse(content, [], { allowTrailingComma: true }));
  const packages = record(data.packages);
  if (Object.keys(packages).length > 0) return placedLockfile(packages);
  const dependencies = record(data.dependencies);
  return ({ name }) => versionOnly(text(record(dependencies[name]).version));
}

/** Keys are the places in which packages are installed: `apps/shop/node_modules/react`. */
function placedLockfile(packages: Data): Lockfile {
  return ({ name, directory }) => {
    for (const folder of foldersAbove(directory)) {
      const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (Object.hasOwn(packages, place)) return placed(record(packages[place]));
    }
    return undefined;
  };
}

function placed(entry: Data): LockedPackage | undefined {
  if (entry.link === true) return { version: undefined, workspace: text(entry.resolved) };
  return versionOnly(text(entry.version));
}

/** `bun.lock`: `"react": ["react@18.2.0", …]`, nested ones as `parent/react`. */
export function bunLockfile(content: string): Lockfile {
  const packages = record(record(parse(content, [], { allowTrailingComma: true })).packages);
  return ({ name }) => {
    const entry = packages[name];
    const resolution = text(Array.isArray(entry) ? entry[0] : undefined);
    const version = resolution?.slice(resolution.lastIndexOf("@") + 1);
    return version?.startsWith("workspace:")
      ? { version: undefined, workspace: version.slice("workspace:".length) }
      : versionOnly(version);
  };
}
