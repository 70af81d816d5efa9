/** Where a shared import, a remote import or an entry of a configuration leads. */
import type { Remote } from "../graph/container.ts";
import { containerById } from "../graph/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { type Target, targetsAt } from "./targets.ts";

export function definitions(db: Db, file: FilePath, offset: number): readonly SourceRange[] {
  const seen = new Set<string>();
  return targetsAt(db, file, offset)
    .flatMap((target) => definitionsOf(db, target))
    .filter((place) => {
      const id = `${place.file}:${place.range.start}`;
      return !seen.has(id) && seen.add(id);
    });
}

function definitionsOf(db: Db, target: Target): readonly SourceRange[] {
  switch (target.kind) {
    case "shared import": {
      const { module } = target;
      const consume = containerById(db, module.container)?.consumes[module.consume];
      const fallback = module.fallback === null ? [] : [startOf(module.fallback)];
      return [...fallback, ...(consume === undefined ? [] : [consume.source])];
    }
    case "remote import": {
      const { provider, expose: key, remote } = target.target;
      const expose = provider?.exposes.find((item) => item.key === key);
      const files = exposedFiles(expose?.files);
      return files.length > 0 ? files : [expose?.keySource ?? remote.keySource];
    }
    case "shared key":
      return target.container.consumes
        .filter((consume) => consume.shareKey === target.shareKey)
        .map(({ source }) => source);
    case "expose":
      return exposedFiles(target.expose.files);
    case "remote":
      return providerPlace(db, target.remote);
  }
}

/** The name of the container that a remote is, in its own configuration. */
function providerPlace(db: Db, remote: Remote): readonly SourceRange[] {
  const provider = remote.container === undefined ? undefined : containerById(db, remote.container);
  if (provider === undefined) return [remote.keySource];
  return [provider.config.name?.source ?? provider.config.source];
}

function exposedFiles(files: readonly (FilePath | undefined)[] | undefined): readonly SourceRange[] {
  return (files ?? []).flatMap((file) => (file === undefined ? [] : [startOf(file)]));
}

function startOf(file: FilePath): SourceRange {
  return { file, range: { start: 0, end: 0 } };
}
