/** `pnpm-lock.yaml`: each importer with the version that its dependencies got, in every version of the format. */
import { parse } from "yaml";
import { type Data, foldersAbove, type LockedPackage, type Lockfile, record, text, versionOnly } from "./locked.ts";

const FIELDS = ["dependencies", "optionalDependencies", "devDependencies"];

export function pnpmLockfile(content: string): Lockfile {
  // What follows is long, and of the packages themselves.
  const packages = content.search(/^packages:/m);
  const data = record(parse(packages < 0 ? content : content.slice(0, packages)));
  const importers = record(data.importers);
  return ({ name, directory }) => {
    for (const folder of foldersAbove(directory)) {
      const importer = record(importers[folder === "" ? "." : folder] ?? (folder === "" ? data : undefined));
      const version = listed(importer, name);
      if (version !== undefined) return locked(version, folder);
    }
    return undefined;
  };
}

function listed(importer: Data, name: string): string | undefined {
  for (const field of FIELDS) {
    const entry = record(importer[field])[name];
    const version = text(entry) ?? text(record(entry).version);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** `18.2.0`, `18.2.0(react@18.2.0)`, `18.2.0_react@18.2.0`, `/other/1.2.3`, `other@1.2.3`, `link:../ui`. */
function locked(version: string, folder: string): LockedPackage | undefined {
  if (version.startsWith("link:"))
    return { version: undefined, workspace: joined(folder, version.slice("link:".length)) };
  const plain = version.replace(/[_(].*$/s, "");
  const aliased = /^\/?(?:@[^/]+\/)?[^/@\d][^/@]*[@/](\d.*)$/.exec(plain)?.[1];
  const found = aliased ?? plain;
  return /^\d/.test(found) ? versionOnly(found) : undefined;
}

function joined(folder: string, path: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
