/** What the bundler would generate for sharing, as a read-only text: of a container, or of what stands at a place. */
import { containsOffset } from "../base/text.ts";
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containerGraph, containers, containersOfFile, federatedRequests } from "../graph/index.ts";
import { type ConsumeData, type RuntimeData, runtimeData } from "../report/runtimeData.ts";
import { runtimeOptions } from "../report/runtimeOptions.ts";
import { factRanges } from "../syntax/index.ts";
import { prepareBuildUsage } from "../usage/usedExports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { federationLines, consumesLines as handlerLines } from "./federationPreview.ts";
import { loadLines, nativeLines, viteLines } from "./modulePreview.ts";

/** Of the import at an offset, else of the containers that the file configures or is part of. */
export function runtimePreview(db: Db, file: FilePath, offset: number): string {
  const ranges = factRanges(db, file)?.requests ?? [];
  const at = federatedRequests(db, file).filter(({ requestIndex }) => {
    const range = requestIndex === undefined ? undefined : ranges[requestIndex];
    return range !== undefined && containsOffset(range, offset);
  });
  if (at.length > 0) {
    const texts = at.map(({ container, to }) => importPreview(db, container, to));
    return `${HEAD}\n${[...new Set(texts)].join("\n")}`;
  }
  const previews = containersAt(db, file).map((id) => containerPreview(db, id));
  return previews.length === 0 ? `${HEAD}\n// This file is part of no container.\n` : `${HEAD}\n${previews.join("\n")}`;
}

/** Those that the file configures, else those that it is part of. */
function containersAt(db: Db, file: FilePath): readonly ContainerId[] {
  const configured = containers(db).filter(({ config }) => config.file === file);
  return configured.length > 0 ? configured.map(({ id }) => id) : containersOfFile(db, file);
}

/** Works out with pauses what a preview asks for. */
export function* prepareRuntimePreview(db: Db, file: FilePath): Generator<void, void> {
  for (const id of containersAt(db, file)) yield* prepareBuildUsage(db, id);
}

const HEAD = `// Predicted from the configuration and the imports; nothing was built. Names of modules and chunks are those of a
// build with named ids, before chunks are split.
`;

function containerPreview(db: Db, id: string): string {
  const container = containerById(db, id)!;
  const found = runtimeData(db, id)!;
  const title = `// ---- ${container.name ?? container.project}: ${container.config.bundler}, ${RUNTIMES[runtimeOf(container)]}`;
  return [title, ...containerLines(db, container, found), ""].join("\n");
}

const RUNTIMES = {
  webpack: "webpack's runtime",
  mf2: "the 2.x runtime",
  vite: "the 2.x runtime",
  originjs: "the plugin's own runtime; the same facts, written for the 2.x runtime",
  "native-federation": "Native Federation",
};

/** How what is generated is written. */
function runtimeOf({ runtime, implementation, config }: Container): keyof typeof RUNTIMES {
  if (implementation !== "vite") return runtime;
  return config.pluginModule === "@originjs/vite-plugin-federation" ? "originjs" : "vite";
}

function containerLines(db: Db, container: Container, found: RuntimeData): readonly string[] {
  switch (runtimeOf(container)) {
    case "webpack":
      return [...sharingLines(container, found), ...consumesLines(found), ...exposesLines(found)];
    case "mf2":
      return [...federationLines(found, runtimeOptions(db, container.id)!), ...exposesLines(found)];
    case "native-federation":
      return nativeLines(container);
    default:
      return viteLines(found, runtimeOptions(db, container.id)!);
  }
}

/** For one import. */
function linesOf(container: Container, found: RuntimeData): readonly string[] {
  const kind = runtimeOf(container);
  return kind === "webpack" ? consumesLines(found) : kind === "mf2" ? handlerLines(found) : loadLines(found);
}

function importPreview(db: Db, id: string, to: string): string {
  const container = containerById(db, id)!;
  const module = containerGraph(db, id).modules.get(to);
  const title = `// ---- ${container.name ?? container.project}`;
  if (module?.type !== "consume-shared") return `${title}\n// ${to}\n`;
  const found = runtimeData(db, id)!;
  const own = found.consumes.filter(
    ({ shareKey, shareScope }) => shareKey === module.shareKey && shareScope === module.shareScope,
  );
  const waits = Object.entries(found.chunkMapping).filter(([, ids]) => own.some((consume) => ids.includes(consume.id)));
  const initial = own.some((consume) => found.initialConsumes.includes(consume.id));
  return [
    title,
    ...linesOf(container, {
      ...found,
      consumes: own,
      initialConsumes: initial ? own.map((consume) => consume.id) : [],
      chunkMapping: Object.fromEntries(
        waits.map(([chunk, ids]) => [chunk, ids.filter((waited) => own.some((consume) => consume.id === waited))]),
      ),
    }),
    "",
  ].join("\n");
}

/** The share scopes are filled in the order of their keys. */
function sharingLines(container: Container, { registrations }: RuntimeData): readonly string[] {
  if (registrations.length === 0) return ["// Provides nothing."];
  const unique = container.uniqueName ?? container.name ?? container.project;
  const scopes = [...new Set(registrations.map(({ shareScope }) => shareScope))];
  return scopes.flatMap((scope) => [
    `__webpack_require__.S[${JSON.stringify(scope)}] = {`,
    ...registrations
      .filter(({ shareScope }) => shareScope === scope)
      .map(({ name, version, eager, module }) => {
        const get = eager
          ? `() => () => __webpack_require__(${JSON.stringify(module)})`
          : `() => __webpack_require__.e(/* chunk of */ ${JSON.stringify(module)}).then(() => () => __webpack_require__(${JSON.stringify(module)}))`;
        return `  ${JSON.stringify(name)}: { ${JSON.stringify(version)}: { get: ${get}, from: ${JSON.stringify(unique)}, eager: ${eager} } },`;
      }),
    "};",
  ]);
}

function consumesLines({ consumes, initialConsumes, chunkMapping }: RuntimeData): readonly string[] {
  return [
    "__webpack_require__.consumesLoadingData = {",
    `  chunkMapping: ${indented(chunkMapping)},`,
    "  moduleIdToConsumeDataMapping: {",
    ...consumes.map((consume) => `    ${JSON.stringify(consume.id)}: ${consumeText(consume)},`),
    "  },",
    `  initialConsumes: ${JSON.stringify(initialConsumes)},`,
    "};",
  ];
}

function consumeText({ loader, fallback, id: _id, ...options }: ConsumeData): string {
  const args = [
    JSON.stringify(options.shareScope),
    JSON.stringify(options.shareKey),
    String(options.eager),
    ...(typeof options.requiredVersion === "string" ? [JSON.stringify(options.requiredVersion)] : []),
    ...(fallback === null ? [] : [`() => __webpack_require__(${JSON.stringify(fallback)})`]),
  ];
  return `{ ${Object.entries(options)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ")}, load: () => ${loader}(${args.join(", ")}) }`;
}

function exposesLines({ exposes }: RuntimeData): readonly string[] {
  const entries = Object.entries(exposes);
  if (entries.length === 0) return [];
  return [
    "const moduleMap = {",
    ...entries.map(
      ([key, modules]) =>
        `  ${JSON.stringify(key)}: () => ${loadedChunks(modules)}.then(() => () => (${modules.map((module) => `__webpack_require__(${JSON.stringify(module)})`).join(", ")})),`,
    ),
    "};",
  ];
}

function loadedChunks(modules: readonly string[]): string {
  const loads = modules.map((module) => `__webpack_require__.e(/* chunk of */ ${JSON.stringify(module)})`);
  return loads.length === 1 ? loads[0]! : `Promise.all([${loads.join(", ")}])`;
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\n/g, "\n  ");
}
