/** Code that is bundled beside what is shared: subpaths that a key does not cover, packages that several apps carry. */

import { meetingOthers } from "../../analysis/meeting.ts";
import { MultiMap } from "../../base/multiMap.ts";
import type { Container, ContainerId } from "../../graph/container.ts";
import { containerGraph, containers } from "../../graph/index.ts";
import { factRanges } from "../../syntax/index.ts";
import { withSameEntry } from "../../syntax/sharedEntryEdit.ts";
import type { Db } from "../../vfs/vfs.ts";
import { copiesOverApps } from "../chunks.ts";
import { ownEntryFix } from "../entryFix.ts";
import { appName, type Evidence, sizeText } from "../evidence.ts";
import { packageOf } from "../packageOf.ts";
import type { Recommendation } from "../recommendation.ts";

/** Whether a key that ends in a slash stands for all below it. */
function hasPrefixKeys({ implementation, config }: Container): boolean {
  return implementation !== "native-federation" && config.pluginModule !== "@originjs/vite-plugin-federation";
}

/** Requests below a shared key that reach the package itself. */
export function bypassedKeys(db: Db): readonly Recommendation[] {
  return containers(db).flatMap((container) => {
    const { id, consumes } = container;
    if (!hasPrefixKeys(container)) return [];
    const { connections, modules } = containerGraph(db, id);
    const keys = new Set(consumes.map(({ request }) => request));
    return consumes.flatMap(({ request: key, source }): readonly Recommendation[] => {
      if (key.endsWith("/") || /^[./]/.test(key) || keys.has(`${key}/`)) return [];
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
          ...ownEntryFix(db, `Share \`${key}/\` too`, source, (file, text, at) =>
            withSameEntry(file, text, at, `${key}/`),
          ),
        },
      ];
    });
  });
}

/** Small packages are not worth a request of their own. */
const WORTH_SHARING = 10_000;

/** Packages that several apps bundle that can stand on one page, none of them shared. */
export function duplicateCopies(db: Db): readonly Recommendation[] {
  const sizes = new Map<string, number>();
  const holders = new MultiMap<string, ContainerId>();
  for (const { file, containers: held, size } of copiesOverApps(db)) {
    const name = packageOf(file) ?? file;
    sizes.set(name, (sizes.get(name) ?? 0) + size);
    for (const id of held) holders.add(name, id);
  }
  return [...sizes].flatMap(([name, size]): readonly Recommendation[] => {
    if (size < WORTH_SHARING) return [];
    const users = [...new Set(meetingOthers(db, [...holders.values(name)]).map((id) => appName(db, id)))];
    if (users.length < 2) return [];
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
