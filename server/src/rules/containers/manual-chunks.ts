/** Chunks that a Vite configuration makes, and the federation plugin does away with. */
import { defineRule } from "../rule.ts";

const OPTIONS = ["manualChunks", "codeSplitting"].flatMap((name) =>
  ["build.rollupOptions", "build.rolldownOptions"].map((holder) => ({ name, path: `${holder}.output.${name}` })),
);

export default defineRule({
  id: "containers/manual-chunks",
  since: "0.1.0",
  severity: "info",
  subject: "container",
  docs: {
    what: "`manualChunks` or groups of `codeSplitting` beside `@module-federation/vite`.",
    why: "The plugin keeps its start-up code in chunks of its own and removes the option: `Ignoring output.manualChunks because it conflicts with module federation`. Versions that do not remove it can hang in the browser.",
    how: "Remove the option.",
    sources: ["https://github.com/module-federation/vite#%EF%B8%8F-manualchunks-is-not-supported"],
  },
  check({ report }, { config }) {
    if (config.pluginModule !== "@module-federation/vite") return;
    for (const { name, path } of OPTIONS) {
      const option = config.build.options.get(path);
      if (option?.known !== true || !conflicts(name, option.value)) continue;
      report(option.source, `\`${name}\` has no effect: the federation plugin makes the chunks, and removes it`, {
        unnecessary: true,
      });
    }
  },
  examples: [
    {
      title: "Chunks by hand",
      kind: "bad",
      files: `
//- /vite.config.js
import { defineConfig } from "vite";
import { federation } from "@module-federation/vite";
export default defineConfig({
  build: {
    target: "esnext",
    rollupOptions: { output: { manualChunks: { vendor: ["vue"] } } },
                                             ^^^^^^^^^^^^^^^^^^^ containers/manual-chunks: \`manualChunks\` has no effect: the federation plugin makes the chunks, and removes it
  },
  plugins: [federation({ name: "shell", shared: ["vue"] })],
});
//- /package.json
{ "name": "shell", "type": "module" }
//- /index.html
<script type="module" src="/main.js"></script>
//- /main.js
export {};
`,
    },
    {
      title: "None, and another plugin",
      kind: "good",
      files: `
//- /vite.config.js
import { defineConfig } from "vite";
import { federation } from "@module-federation/vite";
export default defineConfig({
  build: { rollupOptions: { output: { manualChunks: undefined, entryFileNames: "[name].js" } } },
  plugins: [federation({ name: "shell", shared: ["vue"] })],
});
//- /package.json
{ "name": "shell", "type": "module" }
//- /main.js
export {};
//- /other/vite.config.js
import { defineConfig } from "vite";
import federation from "@originjs/vite-plugin-federation";
export default defineConfig({
  root: __dirname,
  build: { target: "esnext", rollupOptions: { output: { manualChunks: (id) => (id.includes("vue") ? "vendor" : null) } } },
  plugins: [federation({ name: "other", shared: ["vue"] })],
});
//- /other/package.json
{ "name": "other", "type": "module" }
`,
    },
  ],
});

/** Of `codeSplitting` only what undoes it: other members stay. */
function conflicts(name: string, value: unknown): boolean {
  if (name === "manualChunks") return Boolean(value) && value !== "undefined";
  return value === false || (typeof value === "object" && value !== null && "groups" in value);
}
