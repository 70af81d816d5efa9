/** Times the evaluation of configurations: many small ones cold and warm, a long one, and one with remotes made by a loop. */
import { bundledCore } from "./bundledCore.mjs";

const { applyFileChanges, createWorld, Database, federationConfigs, MemoryHost } = await bundledCore({
  "bundlers/federationConfigs.ts": ["federationConfigs"],
  "query/database.ts": ["Database"],
  "vfs/memoryHost.ts": ["MemoryHost"],
  "vfs/vfs.ts": ["applyFileChanges", "createWorld"],
});

const plugin = `const { ModuleFederationPlugin } = require("webpack").container;\n`;
const app = (index) =>
  `${plugin}const { dependencies } = require("./package.json");
module.exports = (env, argv) => ({ mode: argv.mode, plugins: [new ModuleFederationPlugin({ name: "app${index}", filename: "remoteEntry.js",
  remotes: { next: \`app${index + 1}@\${process.env.HOST ?? "http://localhost"}:300${index % 10}/remoteEntry.js\` },
  exposes: { "./App": "./src/App" }, shared: { ...dependencies, react: { singleton: true, requiredVersion: dependencies.react } } })] });`;

const apps = {};
for (let index = 0; index < 300; index++) {
  apps[`/ws/apps/a${index}/webpack.config.js`] = app(index);
  apps[`/ws/apps/a${index}/package.json`] =
    `{ "name": "a${index}", "dependencies": { "react": "^18.2.0", "lodash": "^4.17.21" } }`;
}
const long = Array.from(
  { length: 2000 },
  (_, line) => `shared["package-${line}"] = { singleton: ${line % 2 === 0}, requiredVersion: "^${line}.0.0" };`,
);
const cases = {
  "a 2,000-line configuration": `${plugin}const shared = {};\n${long.join("\n")}\nmodule.exports = { plugins: [new ModuleFederationPlugin({ name: "long", shared })] };`,
  "300 remotes made by a loop": `${plugin}const remotes = {};\nfor (let i = 0; i < 300; i++) remotes[\`app\${i}\`] = \`app\${i}@http://localhost:\${3000 + i}/remoteEntry.js\`;\nmodule.exports = { plugins: [new ModuleFederationPlugin({ name: "loop", remotes })] };`,
};

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function open(files) {
  return new Database(createWorld(new MemoryHost(files)));
}

const cold = timed(() => federationConfigs(open(apps), "/ws"));
const db = open(apps);
const second = timed(() => federationConfigs(db, "/ws"));
const warm = timed(() => federationConfigs(db, "/ws"));
const file = "/ws/apps/a7/webpack.config.js";
const edit = timed(() => {
  applyFileChanges(db, [{ kind: "open", path: file, text: `${app(7)}\n` }]);
  federationConfigs(db, "/ws");
});
console.log(
  `300 configurations: first ${((300 / cold) * 1000).toFixed(0)}/s, in a warm process ${((300 / second) * 1000).toFixed(0)}/s, unchanged ${warm.toFixed(2)} ms, after an edit ${edit.toFixed(1)} ms`,
);
for (const [name, text] of Object.entries(cases)) {
  const times = Array.from({ length: 5 }, () =>
    timed(() => federationConfigs(open({ "/ws/webpack.config.js": text }), "/ws")),
  );
  console.log(`${name}: first ${times[0].toFixed(1)} ms, best ${Math.min(...times).toFixed(1)} ms`);
}
