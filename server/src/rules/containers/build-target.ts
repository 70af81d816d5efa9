/** A Vite build for browsers that cannot wait at the top level of a module, where the plugin writes such waits. */
import { lackingTarget } from "../../analysis/topLevelAwait.ts";
import type { Container } from "../../graph/container.ts";
import { containerGraph } from "../../graph/index.ts";
import { moduleFacts } from "../../syntax/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { fix, replaceLiteral, requestPlace } from "../places.ts";
import { defineRule, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "containers/build-target",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "`@originjs/vite-plugin-federation` builds for browsers without `await` at the top level of modules.",
    why: 'The plugin turns an import of a shared or remote module into an `await`, and `vite build` stops: `Top-level await is not available in the configured target environment ("chrome87", "edge88", "es2020", "firefox78", "safari14")`.',
    how: 'Set `build.target` to `"esnext"`, or to engines that have it (`chrome89`, `edge89`, `firefox89`, `safari15`). The default of Vite before version 7 is older. `vite-plugin-top-level-await` rewrites the waits for older engines.',
    sources: [
      "https://github.com/originjs/vite-plugin-federation/issues/170",
      "https://github.com/originjs/vite-plugin-federation/issues/205",
    ],
  },
  check({ db, report }, container) {
    const { config } = container;
    if (config.pluginModule !== "@originjs/vite-plugin-federation") return;
    const lacking = lackingTarget(db, container);
    const waiting = lacking === undefined ? undefined : awaitedImport(db, container);
    if (lacking === undefined || waiting === undefined) return;
    const { targets, source } = lacking;
    const one = typeof config.build.options.get("build.target") === "object" && targets.length === 1;
    const whose = source === undefined ? "the targets that Vite builds for by default" : named(targets);
    report(
      source ?? config.source,
      `\`vite build\` fails: the plugin makes imports of shared and remote modules wait at the top level of modules, which ${whose} cannot`,
      {
        related: [waiting],
        fixes:
          source === undefined || !one || !isLiteral(config, source)
            ? []
            : [fix("Build for `esnext`", [replaceLiteral(db, source, "esnext")])],
      },
    );
  },
  examples: [
    {
      title: "An old target",
      kind: "bad",
      files: `
//- /vite.config.js
import { defineConfig } from "vite";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  build: { target: "chrome87", rollupOptions: { input: "./src/main.js" } },
                   ^^^^^^^^^^ containers/build-target: \`vite build\` fails: the plugin makes imports of shared and remote modules wait at the top level of modules, which \`chrome87\` cannot
  plugins: [federation({ name: "shell", shared: ["vue"] })],
});
//- /package.json
{ "name": "shell", "type": "module", "dependencies": { "vue": "^3.0.0" }, "devDependencies": { "vite": "^5.0.0" } }
//- /src/main.js
import { createApp } from "vue";
createApp({}).mount("#app");
//- /node_modules/vue/package.json
{ "name": "vue", "version": "3.4.0", "main": "index.js" }
//- /node_modules/vue/index.js
export const createApp = () => {};
`,
      fixed: `
//- /vite.config.js
import { defineConfig } from "vite";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  build: { target: "esnext", rollupOptions: { input: "./src/main.js" } },
  plugins: [federation({ name: "shell", shared: ["vue"] })],
});
`,
    },
    {
      title: "The default of an older Vite",
      kind: "bad",
      files: `
//- /vite.config.js
import { defineConfig } from "vite";
import vue from "@vitejs/plugin-vue";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  build: { rollupOptions: { input: "./src/main.js" } },
  plugins: [vue(), federation({ name: "shell", shared: ["vue"] })],
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/build-target: \`vite build\` fails: the plugin makes imports of shared and remote modules wait at the top level of modules, which the targets that Vite builds for by default cannot
});
//- /package.json
{ "name": "shell", "type": "module", "dependencies": { "vue": "^3.0.0" }, "devDependencies": { "vite": "^5.0.0" } }
//- /src/main.js
import { createApp } from "vue";
createApp({}).mount("#app");
//- /node_modules/vue/package.json
{ "name": "vue", "version": "3.4.0", "main": "index.js" }
//- /node_modules/vue/index.js
export const createApp = () => {};
`,
    },
    {
      title: "Targets that have it, and a module that asks with import()",
      kind: "good",
      files: `
//- /vite.config.js
import { defineConfig } from "vite";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  build: { target: ["chrome89", "safari15", "es2022"], rollupOptions: { input: "./src/main.js" } },
  plugins: [federation({ name: "shell", shared: ["vue"] })],
});
//- /package.json
{ "name": "shell", "type": "module", "dependencies": { "vue": "^3.0.0" }, "devDependencies": { "vite": "^5.0.0" } }
//- /src/main.js
import { createApp } from "vue";
createApp({}).mount("#app");
//- /lazy/vite.config.js
import { defineConfig } from "vite";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  root: __dirname,
  build: { target: "es2020", rollupOptions: { input: "./main.js" } },
  plugins: [federation({ name: "lazy", shared: ["vue"] })],
});
//- /lazy/package.json
{ "name": "lazy", "dependencies": { "vue": "^3.0.0" } }
//- /lazy/main.js
import("vue").then(({ createApp }) => createApp({}).mount("#app"));
//- /node_modules/vue/package.json
{ "name": "vue", "version": "3.4.0", "main": "index.js" }
//- /node_modules/vue/index.js
export const createApp = () => {};
`,
    },
  ],
});

function named(targets: readonly string[]): string {
  return targets.map((target) => `\`${target}\``).join(", ");
}

function isLiteral({ build }: Container["config"], source: object): boolean {
  const option = build.options.get("build.target");
  return option?.known === true && typeof option.value === "string" && option.source === source;
}

/** The first static import of names, in a file of the project, of what is shared or of a remote. */
function awaitedImport(db: Db, { id }: Container): RelatedPlace | undefined {
  const { connections, modules } = containerGraph(db, id);
  for (const { from, to, dependencyType, request, requestIndex } of connections) {
    if (dependencyType !== "esm import" || to === undefined || requestIndex === undefined) continue;
    if (modules.get(from)?.type !== "normal" || from.includes("/node_modules/")) continue;
    const type = modules.get(to)?.type;
    if (type !== "consume-shared" && type !== "remote") continue;
    if (moduleFacts(db, from)?.requests[requestIndex]?.sideEffectOnly === true) continue;
    return { source: requestPlace(db, from, requestIndex), message: `waits for \`${request}\`` };
  }
  return undefined;
}
