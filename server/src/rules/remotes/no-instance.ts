/** A call of the 2.x runtime in a build that makes no instance of it. */
import { containerById, containerGraph, containers, containersOfFile } from "../../graph/index.ts";
import { moduleFacts } from "../../syntax/index.ts";
import { requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

const RUNTIME = /^@module-federation\/(?:runtime|enhanced\/runtime)$/;

export default defineRule({
  id: "remotes/no-instance",
  since: "0.1.0",
  severity: "warning",
  subject: "module",
  docs: {
    what: "`loadRemote` of the 2.x runtime is called in an app that webpack's own federation plugin builds.",
    why: "That plugin has a runtime of its own and makes no instance of this one: `Please call createInstance first. #RUNTIME-009`.",
    how: "Use the plugin of `@module-federation/enhanced`, or call `createInstance` or `init` before.",
    sources: ["https://module-federation.io/guide/troubleshooting/runtime.html"],
  },
  concerns(db, file, container) {
    return containerGraph(db, container).runtimeCallers.includes(file);
  },
  check({ db, report }, file) {
    const requests = moduleFacts(db, file)?.requests ?? [];
    if (!requests.some(({ specifier }) => specifier !== undefined && RUNTIME.test(specifier))) return;
    const owners = containersOfFile(db, file).flatMap((id) => containerById(db, id) ?? []);
    if (owners.length === 0 || owners.some(({ runtime }) => runtime !== "webpack")) return;
    // An instance may be made anywhere before.
    if (containers(db).some(({ config }) => config.bundler === "runtime")) return;
    const call = requests.findIndex(({ kind }) => kind === "load remote");
    if (call < 0) return;
    const project = owners[0]!.project;
    report(
      requestPlace(db, file, call),
      `the federation runtime has no instance here: webpack's own plugin, which builds \`${project}\`, makes none, and no code calls \`createInstance\``,
    );
  },
  examples: [
    {
      title: "webpack's own plugin",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("cart/List");
           ^^^^^^^^^^^ remotes/no-instance: the federation runtime has no instance here: webpack's own plugin, which builds \`shell\`, makes none, and no code calls \`createInstance\`
`,
    },
    {
      title: "The plugin that makes one",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("cart/List");
`,
    },
    {
      title: "An instance of its own",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
import { createInstance } from "@module-federation/enhanced/runtime";
import { loadRemote } from "@module-federation/enhanced/runtime";
createInstance({ name: "shell", remotes: [{ name: "cart", entry: "http://localhost:3001/remoteEntry.js" }] });
loadRemote("cart/List");
`,
    },
  ],
});
