const { ModuleFederationPlugin } = require("webpack").container;
const { dependencies } = require("./package.json");

module.exports = {
  context: __dirname,
  entry: "./src/widgets.js",
  devServer: { port: 4105 },
  output: { publicPath: "/" },
  optimization: { runtimeChunk: "single" },
  plugins: [
    new ModuleFederationPlugin({
      name: "widgets",
      filename: "remoteEntry.js",
      exposes: { "./Clock": "./src/Clock.js" },
      shared: {
        "date-fns": { import: false, requiredVersion: dependencies["date-fns"] },
        tslib: { version: dependencies.tslib },
      },
    }),
  ],
};
