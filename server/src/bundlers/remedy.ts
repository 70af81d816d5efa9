/** What would make a value known that is not: told beside its reason, in hovers, hints and explanations. */

/** A step by which the user can make a value known, by the reason why it is not; `undefined` where there is none. */
export function remedyFor(reason: string): string | undefined {
  const variable = /depends on (?:process\.env|import\.meta\.env|env|argv)\.(\w+)/.exec(reason)?.[1];
  if (reason.includes(".env file")) return "turn on federationLens.readDotEnv";
  if (variable !== undefined) return `set ${variable} in federationLens.env`;
  if (/differs between development and production|is there in (?:development|production) only/.test(reason))
    return "set mode in federationLens.env";
  return reason.includes("is not installed") ? "install the workspace's packages" : undefined;
}
