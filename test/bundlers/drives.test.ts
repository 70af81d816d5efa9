/** Configurations on a drive of Windows: what they make of `__dirname` and of their own address. */
import { describe, expect, it } from "vitest";
import { containers } from "../../server/src/graph/index.ts";
import { openFixture } from "../fixture/openFixture.ts";

const PLUGIN = "plugins: [new ModuleFederationPlugin({ name: 'shop', exposes: { './A': folder + '/a' } })]";

describe.each(["c:", ""])("paths of a configuration on drive '%s'", (drive) => {
  it.each([
    ["path.resolve(__dirname, …)", "const folder = path.resolve(__dirname, 'src', '../lib');", "js"],
    ["path.join(__dirname, …)", "const folder = path.join(__dirname, 'lib');", "js"],
    ["path.resolve(…)", "const folder = path.resolve('lib');", "js"],
    [
      "new URL(…, import.meta.url)",
      "const folder = fileURLToPath(new URL('./my%20lib/../lib', import.meta.url));",
      "mjs",
    ],
    ["path.dirname of the own file", "const folder = path.dirname(fileURLToPath(import.meta.url)) + '/lib';", "mjs"],
    ["an address of a path", "const folder = fileURLToPath(pathToFileURL(path.resolve('lib')).href);", "mjs"],
  ])("%s", (_title, statement, extension) => {
    const head =
      extension === "js"
        ? "const path = require('path'); const { ModuleFederationPlugin } = require('webpack').container;"
        : "import path from 'node:path'; import { fileURLToPath, pathToFileURL } from 'node:url'; import webpack from 'webpack'; const { ModuleFederationPlugin } = webpack.container;";
    const give = extension === "js" ? "module.exports =" : "export default";
    const { db, root } = openFixture(
      {
        "/package.json": '{ "name": "shop", "scripts": { "build": "webpack" } }',
        [`/webpack.config.${extension}`]: `${head}\n${statement}\n${give} { ${PLUGIN} };`,
      },
      drive,
    );
    expect(containers(db).map(({ exposes }) => exposes.map(({ requests }) => requests))).toEqual([[[`${root}/lib/a`]]]);
  });
});
