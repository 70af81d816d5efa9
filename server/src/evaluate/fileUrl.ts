/** Addresses of files, as Node's `pathToFileURL` and `fileURLToPath` have them. */
import { type FilePath, normalizePath } from "../vfs/path.ts";

/** `file:///ws/a.js`, `file:///c:/ws/a.js`. */
export function fileUrlOf(path: FilePath): string {
  const address = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return address.startsWith("/") ? `file://${address}` : `file:///${address}`;
}

/** `undefined` for what is no address of a file. */
export function pathOfFileUrl(url: string): FilePath | undefined {
  const address = /^file:\/\/(?:localhost(?=\/))?([^?#]*)/.exec(url)?.[1];
  if (address === undefined) return undefined;
  try {
    const path = decodeURIComponent(address);
    return normalizePath(/^\/[A-Za-z]:(?:\/|$)/.test(path) ? path.slice(1) : path);
  } catch {
    return undefined;
  }
}
