/** A cheap test of a text for what may make a federation instance, before anything is parsed. */

/** Texts without a call or construction of one of these make no federation instance by themselves. */
const RECEIVERS =
  /(?:FederationPlugin(?:V[12])?|(?:Container|ContainerReference|Share|ConsumeShared|ProvideShared)Plugin|withModuleFederation(?:Plugin)?|withNativeFederation|withFederat(?:ion|edSidecar)|[mM]oduleFederation(?:Plugin|Config)?|pluginModuleFederation\w*|createModuleFederationConfig|NodeModuleFederation|\bfederation)\s*(?:<[^<>]*>)?\(|\.use\(\s*[\w.]*Federation/;
/** They may have another name here: `{ ModuleFederationPlugin: Federate }`, `federation as mf`, a module's default export. */
const RENAMED =
  /(?:FederationPlugin(?:V[12])?|(?:with|plugin)(?:Module|Native)Federation|createModuleFederationConfig)\s*(?:\bas\b|:)\s*[\w$]|\bfederation\s+as\b|FederationPlugin\s*\)\s*\(|["'](?:webpack\/lib\/container\/ModuleFederationPlugin(?:\.js)?|(?:@originjs\/)?vite-plugin-federation|@module-federation\/(?:vite|nextjs-mf))["']/;
/** The packages that give them. */
const PACKAGES = /["'`](?:webpack|@rspack\/|@module-federation\/|@nx\/|@nrwl\/|@callstack\/|[^"'`\s]*federation)/i;
/** Of application code only calls that register something at run time matter. */
const RUNTIME_PACKAGE = /["'`]@module-federation\/[\w-]+(?:\/[\w-]*runtime)?["'`]/;
const RUNTIME_CALL = /\b(?:init\w*|createInstance|registerRemotes|registerShared|new ModuleFederation)\s*\(/;

/** The name of the input that holds it. */
export const RELEVANCE = "federationRelevance";

export type Relevance = "config" | "runtime" | undefined;

/** Of a file's text; `undefined` for nearly all, and for none. */
export function relevance(text: string | undefined): Relevance {
  if (text === undefined || !/ederation|SharePlugin|SharedPlugin|ContainerPlugin/.test(text)) return undefined;
  if (PACKAGES.test(text) && (RECEIVERS.test(text) || RENAMED.test(text))) return "config";
  return RUNTIME_PACKAGE.test(text) && /runtime/.test(text) && RUNTIME_CALL.test(text) ? "runtime" : undefined;
}
