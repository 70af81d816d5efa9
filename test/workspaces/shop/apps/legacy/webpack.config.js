// The old admin page: kept for what is still copied from it, not built any more.
const { ModuleFederationPlugin } = require("webpack").container;

module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop-legacy",
      filename: "remoteEntry.js",
      remotes: { catalog: "catalog@http://localhost:4001/remoteEntry.js" },
      exposes: {
        "./Admin": "./src/admin",
        Report: "./src/report.js",
      },
      shared: {
        react: { singleton: true },
        tslib: {},
      },
    }),
  ],
};
