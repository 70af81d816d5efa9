const { ModuleFederationPlugin } = require("webpack").container;

module.exports = {
  context: __dirname,
  entry: "./src/widgets.js",
  optimization: { splitChunks: { chunks: "all" } },
  plugins: [
    new ModuleFederationPlugin({
      name: "times",
      filename: "timesEntry.[contenthash].js",
      exposes: { "./Clock": "./src/Clock.js" },
      shared: { "date-fns": { eager: true, requiredVersion: "^3.6.0" } },
    }),
  ],
};
