/** A container entry that a part is split from, which no host loads. */
import { MultiMap } from "../../base/multiMap.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containerGraph } from "../../graph/index.ts";
import { ASYNCHRONOUS } from "../../graph/module.ts";
import type { FilePath } from "../../vfs/path.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { defineRule, type RelatedPlace } from "../rule.ts";

/** What webpack splits from a chunk at least: characters before minification. */
const SMALLEST_PART = 20_000;

export default defineRule({
  id: "containers/split-entry",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "`optimization.splitChunks` splits eager shared packages from the entry file of a container that webpack's own plugin builds.",
    why: "A host loads the entry file alone. The file waits for the other chunk and never defines the container: `Cannot read properties of undefined (reading 'init')`, `ScriptExternalLoadError`.",
    how: 'Set `splitChunks.chunks: "async"`, or remove `eager`. The plugin of `@module-federation/enhanced` leaves its entry whole.',
    sources: ["https://github.com/webpack/webpack/issues/15738", "https://github.com/webpack/webpack/issues/16832"],
  },
  check({ db, report }, container) {
    const { config, exposes, implementation, project } = container;
    if (exposes.length === 0 || implementation !== "webpack" || !/^webpack\b/.test(config.pluginModule ?? "")) return;
    const option = config.build.options.get("optimization.splitChunks");
    if (option === undefined || !splitsEntries(knownValue(option))) return;
    const eager = eagerPackage(db, container);
    if (eager === undefined) return;
    report(
      option.source,
      `a host that loads the entry of \`${project}\` gets no container: eager shared packages are split from it into a chunk that the host does not load`,
      { related: [eager] },
    );
  },
  examples: [
    {
      title: "All chunks are split",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  mode: "production",
  entry: "./index.js",
  optimization: { splitChunks: { chunks: "all" } },
                               ^^^^^^^^^^^^^^^^^ containers/split-entry: a host that loads the entry of \`cart\` gets no container: eager shared packages are split from it into a chunk that the host does not load
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" }, shared: { kit: { eager: true } } })],
};
//- /package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import { large } from "kit";
export default large;
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
exports.large = "${"x".repeat(SMALLEST_PART)}";
`,
    },
    {
      title: "What is asked for later is split, a small package, and nothing eager",
      kind: "good",
      files: `
//- /later/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  optimization: { splitChunks: { chunks: "async" } },
  plugins: [new ModuleFederationPlugin({ name: "later", exposes: { "./Cart": "./index.js" }, shared: { small: { eager: true } } })],
};
//- /later/package.json
{ "name": "later", "dependencies": { "small": "^1.0.0" } }
//- /later/index.js
export { part } from "small";
//- /tiny/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  optimization: { splitChunks: { chunks: "all" } },
  plugins: [new ModuleFederationPlugin({ name: "tiny", exposes: { "./Cart": "./index.js" }, shared: { small: { eager: true } } })],
};
//- /tiny/package.json
{ "name": "tiny", "dependencies": { "small": "^1.0.0" } }
//- /tiny/index.js
export { part } from "small";
//- /node_modules/small/package.json
{ "name": "small", "version": "1.0.0", "main": "index.js" }
//- /node_modules/small/index.js
exports.part = 1;
`,
    },
  ],
});

/** Whether the default group for packages splits chunks that a page begins with. */
function splitsEntries(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { chunks, cacheGroups, minSize, maxInitialRequests } = value as Readonly<Record<string, unknown>>;
  if ((chunks !== "all" && chunks !== "initial") || maxInitialRequests !== undefined) return false;
  if (minSize !== undefined && (typeof minSize !== "number" || minSize > SMALLEST_PART)) return false;
  if (cacheGroups === undefined) return true;
  if (typeof cacheGroups !== "object" || cacheGroups === null) return false;
  const groups = Object.values(cacheGroups);
  if ("defaultVendors" in cacheGroups) return false;
  return groups.every(
    (group) => group === false || (typeof group === "object" && group !== null && !("chunks" in group)),
  );
}

/** The first eager shared package whose installed files are large enough. */
function eagerPackage(db: Db, { id, consumes }: Container): RelatedPlace | undefined {
  const { modules, connections } = containerGraph(db, id);
  const eager = [...modules.values()].flatMap((module) => {
    if (module.type !== "consume-shared" || !module.eager || module.fallback === null || module.container !== id)
      return [];
    const entry = consumes[module.consume];
    return entry === undefined || entry.unknownOptions.length > 0 ? [] : [{ file: module.fallback, entry }];
  });
  if (eager.length === 0) return undefined;
  const asked = new MultiMap<string, string>();
  for (const { from, to, dependencyType } of connections) {
    if (to !== undefined && !ASYNCHRONOUS.has(dependencyType)) asked.add(from, to);
  }
  const found = eager.find(({ file }) => installedSize(db, file, asked) >= SMALLEST_PART);
  return found === undefined ? undefined : { source: found.entry.source, message: "eager, so a part of the entry" };
}

/** Characters of a file and what it asks for, counted until there are enough. */
function installedSize(db: Db, start: FilePath, asked: MultiMap<string, string>): number {
  let size = 0;
  const seen = new Set<string>([start]);
  for (const file of seen) {
    if (!file.includes("/node_modules/")) continue;
    size += fileText(db, file)?.length ?? 0;
    if (size >= SMALLEST_PART) break;
    for (const to of asked.values(file)) seen.add(to);
  }
  return size;
}
