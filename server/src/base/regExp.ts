/** Regular expressions of configurations and sources, which may be anybody's. */

/** Without what makes it remember where it was; `undefined` for what is no regular expression. */
export function statelessRegExp(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags.replace(/[gy]/g, ""));
  } catch {
    return undefined;
  }
}

/** The parts of a text that is written as a regular expression, as one is evaluated to; `undefined` for another text. */
export function writtenRegExp(text: string): { readonly pattern: string; readonly flags: string } | undefined {
  const [, pattern, flags = ""] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? [];
  return pattern === undefined ? undefined : { pattern, flags };
}
