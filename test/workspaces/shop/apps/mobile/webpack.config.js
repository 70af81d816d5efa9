// A first try at a page for phones, stopped half-way: it does not build.
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");

module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "mobile",
      filename: "remoteEntry.js",
      remotes: {
        "shop-session": "shell@http://localhost:4000/mf-manifest.json",
        shop: "catalog@http://localhost:4001/mf-manifest.json",
        clock: "clocks@http://localhost:4105/remoteEntry.js",
      },
      exposes: { "./Today": "./src/Today.js" },
      shared: {
        "date-fns/": { singleton: true },
        tslib: { eager: true, treeShaking: { mode: "runtime-infer" } },
        "react-is": { singleton: true, exclude: { version: "^17.0.0" } },
      },
      experiments: { provideExternalRuntime: true },
    }),
  ],
};
