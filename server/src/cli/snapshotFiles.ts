/** `--from`: the files that tell of containers of other repositories. */
import fs from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import { readSnapshot } from "../graph/snapshot.ts";
import { type FilePath, normalizePath } from "../vfs/path.ts";
import { UsageError } from "./usageError.ts";

/** Of a glob, a file, or a folder, which stands for the snapshots and manifests in it; sorted. */
export function snapshotFiles(pattern: string): readonly FilePath[] {
  const absolute = normalizePath(path.resolve(pattern));
  const { base, isGlob } = picomatch.scan(absolute);
  if (!isGlob)
    return fs.statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ? inFolder(absolute) : [checked(absolute)];
  const matches = picomatch(absolute, { dot: true });
  const found = filesBelow(base).filter((file) => matches(file));
  if (found.length === 0) throw new UsageError(`--from: nothing matches ${pattern}`);
  return found.map(checked);
}

/** What else lies in the folder is left alone. */
function inFolder(folder: FilePath): readonly FilePath[] {
  const found = filesBelow(folder).filter((file) => file.endsWith(".json") && textOf(file) !== undefined);
  const kept = found.filter((file) => readSnapshot(textOf(file) ?? "") !== undefined);
  if (kept.length === 0) throw new UsageError(`--from: no snapshot in ${folder}`);
  return kept;
}

function checked(file: FilePath): FilePath {
  const text = textOf(file);
  if (text === undefined) throw new UsageError(`--from: cannot read ${file}`);
  if (readSnapshot(text) === undefined)
    throw new UsageError(`--from: ${file} is neither a snapshot of \`fedlens index\` nor an mf-manifest.json`);
  return file;
}

function textOf(file: FilePath): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function filesBelow(folder: FilePath): readonly FilePath[] {
  const found: FilePath[] = [];
  const folders = [folder];
  for (const at of folders) {
    for (const entry of entriesOf(at)) {
      const file = `${at === "/" ? "" : at}/${entry.name}`;
      if (entry.isFile()) found.push(file);
      else if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") folders.push(file);
    }
  }
  return found.sort();
}

function entriesOf(folder: FilePath): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
