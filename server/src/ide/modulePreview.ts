/**
 * What tools hand to their run-time whose output stays ES modules: Vite's plugin calls the 2.x runtime, Native Federation
 * writes a list and an import map.
 */
import type { Container } from "../graph/container.ts";
import type { ConsumeData, RuntimeData } from "../report/runtimeData.ts";
import type { RuntimeOptions } from "../report/runtimeOptions.ts";

const text = (value: unknown): string => JSON.stringify(value) ?? "undefined";

export function viteLines(data: RuntimeData, { name, shareStrategy, remotes }: RuntimeOptions): readonly string[] {
  return [
    "await init({",
    `  name: ${text(name)},`,
    `  shareStrategy: ${text(shareStrategy)},`,
    "  remotes: [",
    ...remotes.map(({ externalType, ...remote }) => `    ${text({ ...remote, type: externalType })},`),
    "  ],",
    "  shared: {",
    ...data.registrations.map(({ name: key, version, shareScope, eager, module, ...rest }) => {
      const { singleton, requiredVersion, strictVersion } = rest;
      const shareConfig = { eager, requiredVersion, strictVersion, singleton };
      return `    ${text(key)}: [{ version: ${text(version)}, get: () => import(${text(module)}), scope: [${text(shareScope)}], shareConfig: ${text(shareConfig)} }],`;
    }),
    "  },",
    "});",
    ...loadLines(data),
    ...importedExposes(data),
  ];
}

/** What takes the place of each shared import. */
export function loadLines({ consumes }: RuntimeData): readonly string[] {
  return consumes.map(({ shareKey, shareScope, ...rest }: ConsumeData) => {
    const { requiredVersion, strictVersion, singleton } = rest;
    const info = { shareConfig: { requiredVersion, strictVersion, singleton }, scope: [shareScope] };
    return `await loadShare(${text(shareKey)}, { customShareInfo: ${text(info)} });`;
  });
}

function importedExposes({ exposes }: RuntimeData): readonly string[] {
  const entries = Object.entries(exposes);
  if (entries.length === 0) return [];
  return [
    "const exposes = {",
    ...entries.map(([key, modules]) => `  ${text(key)}: () => import(${text(modules.at(-1))}),`),
    "};",
  ];
}

/** Shared as configured: the tool lists all of it, imported or not. Versions are those it finds installed. */
export function nativeLines({ name, provides, exposes }: Container): readonly string[] {
  const listed = {
    name,
    shared: provides.map(({ shareKey, singleton, strictVersion, requiredVersion }) => ({
      packageName: shareKey,
      singleton,
      strictVersion,
      requiredVersion,
    })),
    exposes: exposes.map(({ key }) => ({ key })),
  };
  return ["// remoteEntry.json", ...JSON.stringify(listed, null, 2).split("\n")];
}
