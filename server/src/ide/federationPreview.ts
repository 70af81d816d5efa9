/** What a bundle with the 2.x runtime hands to it: `initOptions`, what is consumed and by which chunk, remotes by chunk. */
import type { ConsumeData, Registration, RuntimeData } from "../report/runtimeData.ts";
import type { RuntimeOptions } from "../report/runtimeOptions.ts";

export function federationLines(data: RuntimeData, options: RuntimeOptions): readonly string[] {
  const { name, shareStrategy, remotes, requests, chunkMapping } = options;
  return [
    "__webpack_require__.federation.initOptions = {",
    `  name: ${text(name)},`,
    `  shareStrategy: ${text(shareStrategy)},`,
    `  remotes: ${text(remotes, 1)},`,
    ...sharedLines(data.registrations),
    "};",
    ...consumesLines(data),
    "__webpack_require__.federation.bundlerRuntimeOptions = {",
    "  remotes: {",
    `    chunkMapping: ${text(chunkMapping, 2)},`,
    `    idToExternalAndNameMapping: ${text(namesOf(requests), 2)},`,
    "  },",
    "};",
  ];
}

/** Also of one import alone. */
export function consumesLines({ consumes, initialConsumes, chunkMapping }: RuntimeData): readonly string[] {
  return [
    `__webpack_require__.federation.initialConsumes = ${text(initialConsumes)};`,
    `__webpack_require__.federation.consumesLoadingChunkMapping = ${text(chunkMapping)};`,
    "__webpack_require__.federation.consumesLoadingModuleToHandlerMapping = {",
    ...consumes.map((consume) => `  ${text(consume.id)}: ${handler(consume)},`),
    "};",
  ];
}

function sharedLines(registrations: readonly Registration[]): readonly string[] {
  if (registrations.length === 0) return [];
  return [
    "  shared: {",
    ...registrations.map(({ name, version, shareScope, eager, module, ...rest }) => {
      const { singleton, requiredVersion, strictVersion } = rest;
      const shareConfig = { eager, requiredVersion, strictVersion, singleton };
      return `    ${text(name)}: [{ version: ${text(version)}, get: ${getter(module, eager)}, scope: [${text(shareScope)}], shareConfig: ${text(shareConfig)} }],`;
    }),
    "  },",
  ];
}

function handler({ shareScope, shareKey, fallback, ...config }: ConsumeData): string {
  const { requiredVersion, strictVersion, singleton, eager } = config;
  const shareConfig = { fixedDependencies: false, requiredVersion, strictVersion, singleton, eager };
  const get = fallback === null ? "" : `getter: ${getter(fallback, eager)}, `;
  return `{ ${get}shareInfo: { shareConfig: ${text(shareConfig)}, scope: [${text(shareScope)}] }, shareKey: ${text(shareKey)} }`;
}

function getter(module: string, eager: boolean): string {
  const required = `__webpack_require__(${text(module)})`;
  return eager
    ? `() => () => ${required}`
    : `() => __webpack_require__.e(/* chunk of */ ${text(module)}).then(() => () => ${required})`;
}

function namesOf(requests: RuntimeOptions["requests"]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(requests).map(([id, { shareScope, name, externalModuleId }]) => [
      id,
      [shareScope, name, externalModuleId],
    ]),
  );
}

/** `depth`: how far the text is indented, in steps. */
function text(value: unknown, depth = 0): string {
  return (JSON.stringify(value, null, depth === 0 ? undefined : 2) ?? "undefined").replace(
    /\n/g,
    `\n${"  ".repeat(depth)}`,
  );
}
