/** Where a container's development server serves it, as its configuration says. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { nearestManifest } from "../project/manifest.ts";
import type { Db } from "../vfs/vfs.ts";

const PORT_OPTIONS = ["devServer.port", "server.port"] as const;

/** The port of its configuration; `undefined` when none is stated, it is not known, or a script chooses another. */
export function serverPort(db: Db, container: Container): number | undefined {
  const { options, context } = container.config.build;
  const stated = PORT_OPTIONS.map((name) => options.get(name)).find((option) => option !== undefined);
  const port = Number(knownValue(stated) ?? Number.NaN);
  if (!Number.isInteger(port) || port <= 0) return undefined;
  const scripts = nearestManifest(db, context)?.data.scripts;
  const texts = typeof scripts === "object" && scripts !== null ? Object.values(scripts) : [];
  return texts.some((text) => /--port\b|\s-p\s|\bPORT=/.test(String(text))) ? undefined : port;
}

export interface LocalAddress {
  readonly port: number;
  /** `remoteEntry.js`. */
  readonly file: string;
}

/** What a remote's entry URL says, when it leads to this machine. */
export function localAddress(entry: string | undefined): LocalAddress | undefined {
  const match = /^(?:https?:)?\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)\/(?:[^?#]*\/)?([^/?#]*)(?:[?#]|$)/.exec(
    entry ?? "",
  );
  return match === null ? undefined : { port: Number(match[1]), file: match[2]! };
}
