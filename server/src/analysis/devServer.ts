/** Where a container's development server serves it, as its configuration says. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container, Remote } from "../graph/container.ts";
import { containers } from "../graph/index.ts";
import { nearestManifest } from "../project/manifest.ts";
import type { Db } from "../vfs/vfs.ts";

const PORT_OPTIONS = ["devServer.port", "server.port", "preview.port"] as const;

/** Where `vite preview` serves a build that says nothing else. */
const PREVIEW_PORT = 4173;

/**
 * The ports of its configuration, that of the development server first; `undefined` when none is stated, one is not
 * known, or a script chooses another.
 */
export function serverPorts(db: Db, container: Container): readonly number[] | undefined {
  const { options, context } = container.config.build;
  const stated = PORT_OPTIONS.flatMap((name) => options.get(name) ?? []);
  const ports = stated.map((option) => Number(knownValue(option) ?? Number.NaN));
  if (ports.length === 0 || ports.some((port) => !Number.isInteger(port) || port <= 0)) return undefined;
  const scripts = nearestManifest(db, context)?.data.scripts;
  const texts = typeof scripts === "object" && scripts !== null ? Object.values(scripts) : [];
  if (texts.some((text) => /--port\b|\s-p\s|\bPORT=/.test(String(text)))) return undefined;
  return container.config.bundler === "vite" && !options.has("preview.port") ? [...ports, PREVIEW_PORT] : ports;
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

/** A host in a browser that loads a container from its local server, and is itself at another port. */
export interface HostElsewhere {
  readonly host: Container;
  /** Where its pages are; `undefined` where that is not known. */
  readonly ports: readonly number[] | undefined;
  readonly remote: Remote;
  readonly address: LocalAddress;
}

/** The hosts whose pages have another origin than a container's own server. */
export function* hostsOfOtherPorts(db: Db, { id }: Container): Generator<HostElsewhere> {
  for (const host of containers(db)) {
    if (host.id === id || host.platform !== "web") continue;
    for (const remote of host.remotes) {
      const address = localAddress(remote.entry);
      if (remote.container !== id || !remote.certain || address === undefined) continue;
      const ports = serverPorts(db, host);
      if (!ports?.includes(address.port)) yield { host, ports, remote, address };
    }
  }
}
