/** What the text of a remote says: `name@url`, a bare URL, a global's name, `promise …`. */
import { DYNAMIC } from "../evaluate/evaluated.ts";

export interface RemoteAddress {
  readonly remoteName: string | undefined;
  readonly entry: string | undefined;
  /** webpack's type of the external: `script`, `promise`, `module`, `var`. */
  readonly externalType: string;
}

const TYPED =
  /^(promise|import|external|var|module|commonjs2?|global|script|self|window|this|assign|root|umd2?|amd|jsonp|system)\s+/;

export function remoteAddress(text: string): RemoteAddress {
  const typed = TYPED.exec(text);
  if (typed?.[1] === "promise") {
    // Code follows, which names the container, if it does, in a way of its own.
    const [entry] = /https?:\/\/[^\s"'`)]+/.exec(text) ?? [];
    return { remoteName: undefined, entry, externalType: "promise" };
  }
  if (typed !== null) return { ...remoteAddress(text.slice(typed[0].length)), externalType: typed[1]! };
  const at = text.indexOf("@");
  // `@scope/name@url`, `name@url`; a plain URL may hold an `@` after its scheme.
  const separator = at === 0 ? text.indexOf("@", 1) : at;
  const scheme = text.search(/[a-z]+:\/\//i);
  if (separator > 0 && (scheme < 0 || scheme > separator)) {
    const remoteName = text.slice(0, separator);
    return {
      remoteName: remoteName.includes(DYNAMIC) ? undefined : remoteName,
      entry: text.slice(separator + 1),
      externalType: "script",
    };
  }
  if (scheme === 0 || /^[./]|\.(?:js|mjs|json)$/.test(text))
    return { remoteName: undefined, entry: text, externalType: "module" };
  if (text.includes(DYNAMIC)) return { remoteName: undefined, entry: undefined, externalType: "script" };
  return { remoteName: text, entry: undefined, externalType: "var" };
}
