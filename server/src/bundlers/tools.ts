/** Which tool a configuration file is for, told by its name; and how tools call what such a file exports. */
import type { BundlerName } from "../model/federationConfig.ts";
import { baseName, type FilePath } from "../vfs/path.ts";

const NAMES: readonly (readonly [RegExp, BundlerName])[] = [
  [/^(?:vite|vitest|electron\.vite)\b/, "vite"],
  [/^rslib\b/, "rslib"],
  [/^(?:rsbuild|rspress)\b/, "rsbuild"],
  [/^rspack\b/, "rspack"],
  [/^rollup\b/, "rollup"],
  [/^modern\b/, "modern.js"],
  [/^next\b/, "next"],
  [/^nuxt\b/, "nuxt"],
  [/^(?:craco|modulefederation)\b/, "craco"],
  [/^vue\b/, "vue-cli"],
  [/^metro\b/, "metro"],
  [/^federation\.config\b/, "native-federation"],
  [/webpack/, "webpack"],
];

/** The tool by the name of its configuration file. */
export function toolOfFile(file: FilePath): BundlerName | undefined {
  const name = baseName(file);
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Names of files that tools load by themselves; evaluated even when their own text says nothing of federation. */
const ENTRY_NAMES: readonly RegExp[] = [
  /^(?:webpack|rspack|rsbuild|rslib|rspress|rollup|modern)(?:[.-][\w-]+)*\.[cm]?[jt]s$/,
  /^(?:vite|vitest|electron\.vite)(?:\.[\w-]+)+\.[cm]?[jt]s$/,
  /^(?:next|nuxt|craco|vue|metro|federation|angular|gatsby|umi|ice|farm)(?:[.-][\w-]+)*\.config\.[cm]?[jt]s$/,
  /^emp[-.]config\.[cm]?[jt]s$/,
  /^(?:config-overrides|gatsby-node|webpackfile|craco|\.umirc)\.[cm]?[jt]s$/,
];

/** In folders named for a tool, files are named for what they build: `webpack/client.dev.js`, `build/prod.js`. */
const VARIANT =
  /^(?:base|client|common|dev|development|index|main|prod|production|server|shared|ssr|web)(?:[.-][\w-]+)*\.[cm]?[jt]s$/;
const TOOL_FOLDER = /\/(?:[\w.-]*(?:webpack|rspack)[\w.-]*|build|\.storybook)\/[^/]+$/;

/** Whether a tool would load the file as its configuration. */
export function isToolEntry(file: FilePath): boolean {
  const name = baseName(file);
  if (ENTRY_NAMES.some((pattern) => pattern.test(name))) return true;
  return VARIANT.test(name) && TOOL_FOLDER.test(file) && !/\/src\//.test(file);
}

/** `module-federation.config.*` and the like: options without a call. */
export function isOptionsFile(file: FilePath): boolean {
  return (
    /^(?:module-?federation|mf|federation)(?:[.-][\w-]+)*\.config\.[cm]?[jt]s$/i.test(baseName(file)) ||
    /^modulefederation\.config\./i.test(baseName(file))
  );
}

/** Tools that call a configuration function with one object: `({ mode, command }) => …`. */
export function takesEnvironmentObject(tool: BundlerName | undefined): boolean {
  return (
    tool === "vite" ||
    tool === "rollup" ||
    tool === "rsbuild" ||
    tool === "rslib" ||
    tool === "modern.js" ||
    tool === "nuxt"
  );
}
