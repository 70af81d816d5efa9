/** Code that is bundled beside what is shared: subpaths that a key does not cover, packages that several apps carry. */
import { MultiMap } from "../../base/multiMap.ts";
import { containerGraph, containers } from "../../graph/index.ts";
import { factRanges } from "../../syntax/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { duplicatesOverApps } from "../chunks.ts";
import { appName, type Evidence, sizeText } from "../evidence.ts";
import { packageOf } from "../packageOf.ts";
import type { Recommendation } from "../recommendation.ts";

/** Requests below a shared key that reach the package itself. */
export function bypassedKeys(db: Db): readonly Recommendation[] {
  return containers(db).flatMap(({ id, consumes }) => {
    const { connections, modules } = containerGraph(db, id);
    return consumes.flatMap(({ request: key, source }): readonly Recommendation[] => {
      if (key.endsWith("/") || /^[./]/.test(key)) return [];
      const past = connections.filter(({ from, to, request }) => {
        const own = modules.get(from)?.type === "normal" && !from.includes("/node_modules/");
        return own && request.startsWith(`${key}/`) && to !== undefined && modules.get(to)?.type === "normal";
      });
      if (past.length === 0) return [];
      const requests = [...new Set(past.map(({ request }) => request))];
      const evidence = requests.slice(0, 5).map((request): Evidence => {
        const asking = past.filter((connection) => connection.request === request);
        const { from, requestIndex } = asking[0]!;
        const range = requestIndex === undefined ? undefined : factRanges(db, from)?.requests[requestIndex];
        const many = asking.length > 1 ? `, for ${asking.length} files` : "";
        // The JSX transform's request stands in no text.
        return {
          text: `\`${request}\` is bundled, not shared${many}`,
          source: { file: from, range: range ?? { start: 0, end: 0 } },
        };
      });
      return [
        {
          kind: "prefix-key",
          priority: "medium",
          title: `Share \`${key}/\` beside \`${key}\` in ${appName(db, id)}`,
          evidence: [{ text: `\`${key}\` covers no subpath`, source }, ...evidence],
        },
      ];
    });
  });
}

/** Small packages are not worth a request of their own. */
const WORTH_SHARING = 10_000;

/** Packages that several apps bundle, none of them shared. */
export function duplicateCopies(db: Db): readonly Recommendation[] {
  const sizes = new Map<string, number>();
  const apps = new MultiMap<string, string>();
  for (const { file, places, size } of duplicatesOverApps(db)) {
    const name = packageOf(file) ?? file;
    sizes.set(name, (sizes.get(name) ?? 0) + size);
    for (const place of places) apps.add(name, place);
  }
  return [...sizes].flatMap(([name, size]): readonly Recommendation[] => {
    if (size < WORTH_SHARING) return [];
    const users = [...apps.values(name)];
    return [
      {
        kind: "share-instead",
        priority: "low",
        title: `Share \`${name}\`, which ${users.length} apps bundle`,
        evidence: [{ text: `${users.join(", ")} each hold ${sizeText(size)} of its source`, source: undefined }],
        estimatedSaving: size * (users.length - 1),
      },
    ];
  });
}
