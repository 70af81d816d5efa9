/** `loadRemote("x/y")` of a remote that no configuration and no registration names. */
import { hasRuntimePlugins } from "../../analysis/resolveShare.ts";
import type { Container } from "../../graph/container.ts";
import { containerById, containerGraph, containers, containersOfFile } from "../../graph/index.ts";
import { moduleFacts } from "../../syntax/index.ts";
import { didYouMean, fix, replaceLiteral, requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

/**
 * Whether there may be remotes that no configuration names: those of native federation are registered by code, and a build
 * of its may look like one of the 2.x runtime's, but for the name; runtime plugins may add some.
 */
function hasOtherRemotes(owner: Container): boolean {
  return owner.runtime === "native-federation" || owner.name === undefined || hasRuntimePlugins(owner);
}

export default defineRule({
  id: "remotes/unknown-remote",
  since: "0.1.0",
  severity: "warning",
  subject: "module",
  docs: {
    what: "`loadRemote` asks for a remote that the app does not know.",
    why: "The runtime finds no remote of that name or alias: `Failed to locate remote. #RUNTIME-004`.",
    how: "Correct the name, or add the remote to the plugin's `remotes` or to `registerRemotes`.",
  },
  concerns(db, file, container) {
    return containerGraph(db, container).runtimeCallers.includes(file);
  },
  check({ db, report }, file) {
    const facts = moduleFacts(db, file);
    if (facts === undefined || !facts.requests.some(({ kind }) => kind === "load remote")) return;
    const owners = containersOfFile(db, file).flatMap((id) => containerById(db, id) ?? []);
    if (owners.length === 0 || owners.some((container) => !container.complete.remotes)) return;
    if (owners.some(hasOtherRemotes)) return;
    // Remotes registered while running may have any name.
    if (containers(db).some((container) => container.config.bundler === "runtime" && !container.complete.remotes))
      return;
    const known = new Set(
      [...owners, ...containers(db).filter((container) => container.config.bundler === "runtime")].flatMap(
        (container) => container.remotes.flatMap((remote) => [remote.alias, remote.remoteName ?? remote.alias]),
      ),
    );
    for (const [index, { kind, specifier }] of facts.requests.entries()) {
      if (kind !== "load remote" || specifier === undefined) continue;
      if ([...known].some((name) => specifier === name || specifier.startsWith(`${name}/`))) continue;
      const [name = ""] = specifier.split("/");
      const meant = didYouMean(name, known);
      const place = requestPlace(db, file, index);
      const better = meant === undefined ? undefined : specifier.replace(name, meant);
      report(
        place,
        `no remote named \`${name}\` is known to ${owners.map((container) => `\`${container.name ?? container.project}\``).join(", ")}${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`,
        {
          fixes: better === undefined ? [] : [fix(`Change to \`${better}\``, [replaceLiteral(db, place, better)])],
        },
      );
    }
  },
  examples: [
    {
      title: "A misspelt remote",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { catalog: "catalog@http://localhost:3001/mf-manifest.json" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("catlog/List");
           ^^^^^^^^^^^^^ remotes/unknown-remote: no remote named \`catlog\` is known to \`shell\`; did you mean \`catalog\`?
`,
      fixed: `
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("catalog/List");
`,
    },
    {
      title: "By alias or by name",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { list: "catalog@http://localhost:3001/mf-manifest.json" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("catalog/List");
loadRemote("list/List");
`,
    },
    {
      title: "Remotes of native federation, which code registers",
      kind: "good",
      files: `
//- /federation.config.cjs
const { withNativeFederation } = require("@softarc/native-federation/build");
module.exports = withNativeFederation({ name: "shell", shared: {} });
//- /vite.config.js
import { federation } from "@module-federation/vite";
import { createEsBuildAdapter } from "@softarc/native-federation-esbuild";
export default {
  plugins: [federation({ options: { federationConfig: "federation.config.cjs" }, adapter: createEsBuildAdapter({}) })],
};
//- /index.html
<script type="module" src="/src/main.js"></script>
//- /package.json
{ "name": "shell", "dependencies": { "@softarc/native-federation": "2.0.0" } }
//- /src/main.js
import { initFederation } from "@softarc/native-federation";
initFederation({ catalog: "http://localhost:3001/remoteEntry.json" }).then(() => import("./app"));
//- /src/app.js
import { loadRemoteModule } from "@softarc/native-federation";
loadRemoteModule("catalog", "./List");
`,
    },
    {
      title: "A plugin of the runtime, which may add remotes",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: {}, runtimePlugins: ["./remotes.js"] })],
};
//- /package.json
{ "name": "shell" }
//- /remotes.js
export default () => ({ name: "remotes", beforeInit: (args) => args });
//- /index.js
import { loadRemote } from "@module-federation/enhanced/runtime";
loadRemote("catalog/List");
`,
    },
  ],
});
