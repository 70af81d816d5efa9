/** Small workspaces written by hand, each for something that generated ones do not hold: what they have in common. */
import type { GeneratedWorkspace } from "../workspace.ts";

type Files = Readonly<Record<string, string>>;

const REACT: Files = {
  "node_modules/react/package.json": '{ "name": "react", "version": "18.2.0", "main": "index.js" }',
  "node_modules/react/index.js": "exports.useState = () => 0;\nexports.version = '18.2.0';\n",
  "node_modules/react/jsx-runtime.js": "exports.jsx = () => 0;\nexports.jsxs = () => 0;\n",
};

const KIT: Files = {
  "node_modules/kit/package.json":
    '{ "name": "kit", "version": "2.1.0", "main": "main.js", "module": "index.js", "sideEffects": false }',
  "node_modules/kit/index.js": 'export { get } from "./get.js";\nexport { set } from "./set.js";\n',
  "node_modules/kit/main.js": "exports.get = () => 1;\n",
  "node_modules/kit/get.js": "export const get = () => 1;\n",
  "node_modules/kit/set.js": 'import { useState } from "react";\nexport const set = () => useState();\n',
};

const MANIFEST = JSON.stringify({
  name: "app",
  version: "1.0.0",
  dependencies: { react: "^18.0.0", kit: "~2.1.0", "@acme/ui": "^1.0.0" },
});

/** `options` of the federation plugin and what stands around it, as text. */
export function config(options: string, around = "", more = ""): string {
  return `const path = require("path");
const webpack = require("webpack");
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  ${around}
  plugins: [new ModuleFederationPlugin({ name: "shop", filename: "remoteEntry.js", ${options} })${more}],
};
`;
}

export interface Feature extends GeneratedWorkspace {
  readonly name: string;
  /** Only by these: elsewhere two requests for one file come to their end in an order of chance. */
  readonly bundlers?: readonly ("webpack" | "enhanced" | "rspack")[];
}

export function feature(
  name: string,
  configuration: string,
  files: Files,
  more: Partial<Pick<Feature, "links" | "app" | "bundlers">> = {},
): Feature {
  const { app = "" } = more;
  const place = app === "" ? "" : `${app}/`;
  return {
    name,
    links: {},
    app,
    ...more,
    files: {
      ...REACT,
      ...KIT,
      [`${place}package.json`]: MANIFEST,
      [`${place}webpack.config.js`]: configuration,
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [file.replace(/^~\//, place), text])),
    },
  };
}

export const SHARED = 'shared: { react: { singleton: true }, "react/": {}, kit: {} }';
