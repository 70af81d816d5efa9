/** The invariant of everything incremental: after any sequence of changes, the state equals a fresh look. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setStrictAssertions } from "../../server/src/base/assert.ts";
import { check as checkResult } from "../../server/src/ide/checkResult.ts";
import { graphDocument } from "../../server/src/ide/graphDocument.ts";
import { resolveDocument } from "../../server/src/ide/resolveDocument.ts";
import { usageDocument } from "../../server/src/ide/usageDocument.ts";
import { Workspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";

setStrictAssertions(true);

/** Each file with the texts that it may hold; the first is the one that it has at the beginning. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  "/ws/shell/package.json": [
    '{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }',
    '{ "name": "shell", "dependencies": { "kit": "^2.0.0" } }',
    '{ "name": "shell" }',
    '{ "name": "shell", ',
  ],
  "/ws/shell/webpack.config.js": [
    config(
      "shell",
      'remotes: { cart: "cart@http://localhost:1/remoteEntry.js" }, shared: { kit: { singleton: true } }',
    ),
    config("shell", 'remotes: { basket: "cart@http://localhost:1/remoteEntry.js" }, shared: ["kit", "other"]'),
    config("shell", 'shared: { kit: { eager: true }, "kit/": {} }'),
    config("cart", 'exposes: { "./A": "./src/missing" }'),
    "module.exports = {",
  ],
  "/ws/shell/src/index.js": ['import("./app");', 'import "./app";', 'import { a } from "kit"; import("./app");'],
  "/ws/shell/src/app.js": [
    'import { a, b } from "kit"; a(); import("cart/Button");',
    'import { a, b } from "kit"; b(a); import("basket/Button"); import "./more";',
    'import * as kit from "kit"; import "kit/sub";',
    'import { a, from "kit";',
    "",
  ],
  "/ws/shell/src/more.js": [
    'export { a as c } from "kit";',
    'require("kit");',
    'import { one, other } from "ui"; one(other);',
    'import { other } from "ui"; export * from "ui";',
  ],
  "/ws/cart/package.json": [
    '{ "name": "cart", "peerDependencies": { "kit": "^1.5.0" } }',
    '{ "name": "cart", "dependencies": { "kit": "^3.0.0" } }',
  ],
  "/ws/cart/webpack.config.js": [
    config(
      "cart",
      'exposes: { "./Button": "./src/button" }, shared: { kit: { singleton: true, strictVersion: true }, ui: {} }',
    ),
    config("cart", 'exposes: { "./Buttons": "./src/button" }, shared: { kit: { import: false } }'),
  ],
  "/ws/cart/src/button.js": [
    'import kit from "kit"; export default kit;',
    "export default 1;",
    'import { one } from "ui"; export default one;',
  ],
  "/ws/node_modules/kit/package.json": [
    '{ "name": "kit", "version": "1.2.0", "main": "index.js" }',
    '{ "name": "kit", "version": "2.0.0", "main": "sub.js" }',
    '{ "name": "kit" }',
  ],
  "/ws/node_modules/kit/index.js": ["export const a = 1, b = 2; export default a;"],
  "/ws/node_modules/kit/sub.js": ["export const s = 1;"],
  "/ws/node_modules/ui/package.json": [
    '{ "name": "ui", "version": "1.0.0", "main": "index.js", "sideEffects": false }',
    '{ "name": "ui", "version": "1.0.0", "main": "index.js" }',
  ],
  "/ws/node_modules/ui/index.js": [
    'export { one } from "./one";\nexport * from "./other";',
    'export { one } from "./other";\nexport { one as other } from "./one";',
    'export { other } from "./other";\nexport const one = 1;',
    'import { one } from "./one";\nexport { one };\nexport * from "./missing";',
    "export { one } from ",
  ],
  "/ws/node_modules/ui/one.js": ['import { a } from "kit"; export const one = a;', "export const one = 1, two = 2;"],
  "/ws/node_modules/ui/other.js": ['export { b as other, a as one } from "kit";', 'export * from "./one";'],
};

function config(name: string, options: string): string {
  return `const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { context: __dirname, entry: "./src/index.js", plugins: [new ModuleFederationPlugin({ name: "${name}", filename: "remoteEntry.js", ${options} })] };`;
}

function stateOf(workspace: Workspace): object {
  return {
    check: checkResult(workspace.db, "/ws"),
    graph: graphDocument(workspace.db, "/ws"),
    resolve: resolveDocument(workspace.db, "/ws"),
    usage: usageDocument(workspace.db, "/ws", true, true),
  };
}

const paths = Object.keys(FILES);
const step = fc.record({
  path: fc.constantFrom(...paths),
  kind: fc.constantFrom("write", "delete", "open", "close", "index"),
  text: fc.nat(4),
  /** How many steps of the index run, before the next change drops it. */
  steps: fc.nat(60),
});

describe("any sequence of changes, in any interleaving with indexing", () => {
  it("equals a fresh look", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const host = new MemoryHost(Object.fromEntries(paths.map((path) => [path, FILES[path]![0]!])));
        const open = new Map<string, string>();
        const workspace = new Workspace(host, ["/ws"], defaultSettings);
        for (const { path, kind, text, steps: count } of steps) {
          const choices = FILES[path]!;
          const chosen = choices[text % choices.length]!;
          if (kind === "write") {
            host.files.set(path, chosen);
            workspace.applyChanges([{ kind: "disk", path }]);
          } else if (kind === "delete") {
            host.files.delete(path);
            workspace.applyChanges([{ kind: "disk", path }]);
          } else if (kind === "open") {
            open.set(path, chosen);
            workspace.applyChanges([{ kind: "open", path, text: chosen }]);
          } else if (kind === "close") {
            if (open.delete(path)) workspace.applyChanges([{ kind: "close", path }]);
          } else {
            const job = workspace.index({ shortSteps: true });
            for (let at = 0; at < count && !job.next().done; at++);
          }
        }
        const fresh = new Workspace(new MemoryHost(Object.fromEntries(host.files)), ["/ws"], defaultSettings);
        fresh.applyChanges([...open].map(([path, text]) => ({ kind: "open", path, text })));
        expect(stateOf(workspace)).toEqual(stateOf(fresh));
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    );
  });
});
