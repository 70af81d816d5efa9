const { ModuleFederationPlugin } = require("webpack").container;

module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "checkout", filename: "remoteEntry.js", manifest: true })],
};
