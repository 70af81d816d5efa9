/** Imports of a shared library that the build rewrites to paths below it, which its key does not cover. */
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containerGraph } from "../../graph/index.ts";
import { moduleUses } from "../../syntax/treeFacts.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/transformed-import",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "A shared library stands in `source.transformImport`, or in the options of `babel-plugin-import`.",
    why: 'The build turns `import { Button } from "antd"` into an import of `antd/es/button`, which the share key `antd` does not match: the library is bundled into each app, and its contexts exist several times.',
    how: "Set `source.transformImport: false` or remove the library from the plugin's options; or share `antd/` too.",
    sources: ["https://module-federation.io/plugin/dev/index.html"],
  },
  check({ db, report }, container) {
    const rewritten = rewrittenLibraries(container);
    if (rewritten.size === 0) return;
    for (const { request, source } of container.consumes) {
      const by = rewritten.get(request);
      if (by === undefined || container.consumes.some((other) => other.request.startsWith(`${request}/`))) continue;
      if (!isTakenByName(db, container, request)) continue;
      report(
        source,
        `\`${request}\` is shared, but the build rewrites imports of it to paths below it, which this key does not cover`,
        { related: [{ source: by, message: "rewritten by this" }] },
      );
    }
  },
  examples: [
    {
      title: "Rewritten by Rsbuild",
      kind: "bad",
      files: `
//- /rsbuild.config.ts
import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";
export default {
  source: { entry: { main: "./src/index.js" }, transformImport: [{ libraryName: "antd", libraryDirectory: "es" }] },
  plugins: [pluginModuleFederation({ name: "shell", shared: { antd: { singleton: true } } })],
                                                              ^^^^ shared/transformed-import: \`antd\` is shared, but the build rewrites imports of it to paths below it, which this key does not cover
};
//- /package.json
{ "name": "shell", "dependencies": { "antd": "^5.0.0" } }
//- /src/index.js
import { Button } from "antd";
Button();
//- /node_modules/antd/package.json
{ "name": "antd", "version": "5.0.0", "main": "index.js" }
//- /node_modules/antd/index.js
export const Button = () => {};
`,
    },
    {
      title: "Paths that are shared, and a library that is not",
      kind: "good",
      files: `
//- /rsbuild.config.ts
import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";
export default {
  source: {
    entry: { main: "./src/index.js" },
    transformImport: [{ libraryName: "antd" }, { libraryName: "lodash" }],
  },
  plugins: [pluginModuleFederation({ name: "shell", shared: { antd: { singleton: true }, "antd/": { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "antd": "^5.0.0" } }
//- /src/index.js
import { Button } from "antd";
Button();
//- /node_modules/antd/package.json
{ "name": "antd", "version": "5.0.0", "main": "index.js" }
//- /node_modules/antd/index.js
export const Button = () => {};
`,
    },
  ],
});

/** By name, with the option that rewrites them. */
function rewrittenLibraries({ config }: Container): ReadonlyMap<string, SourceRange> {
  const found = new Map<string, SourceRange>();
  const { options } = config.build;
  const transform = options.get("source.transformImport");
  const listed = knownValue(transform);
  for (const item of Array.isArray(listed) ? listed : []) {
    const name = libraryName(item);
    if (transform !== undefined && name !== undefined) found.set(name, transform.source);
  }
  const rules = options.get("module.rules");
  if (rules?.known === true) for (const name of babelImports(rules.value)) found.set(name, rules.source);
  return found;
}

function libraryName(item: unknown): string | undefined {
  const name = typeof item === "object" && item !== null ? (item as { libraryName?: unknown }).libraryName : undefined;
  return typeof name === "string" ? name : undefined;
}

/** `["import", { libraryName: "antd" }]`, anywhere in the options of loaders. */
function babelImports(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(babelImports);
  if (!Array.isArray(value) || !/^(?:babel-plugin-)?import$/.test(String(value[0]))) return inner;
  const name = libraryName(value[1]);
  return name === undefined ? inner : [name, ...inner];
}

/** Only imports of names are rewritten. */
function isTakenByName(db: Db, { id }: Container, request: string): boolean {
  return containerGraph(db, id).connections.some(({ from, request: asked, requestIndex, dependencyType }) => {
    if (asked !== request || dependencyType !== "esm import" || from.includes("/node_modules/")) return false;
    return moduleUses(db, from).imports.some(
      (item) => item.request === requestIndex && item.imported !== "*" && item.imported !== "default" && !item.typeOnly,
    );
  });
}
