// The clock on the wall shows the times of all shops, and what the till shows.
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");

module.exports = {
  context: __dirname,
  entry: "./src/page.js",
  output: { uniqueName: "shop-wall" },
  devServer: { port: 4108 },
  plugins: [
    new ModuleFederationPlugin({
      remotes: {
        till: "till@http://localhost:4107/mf-manifest.json",
        times: "times@http://localhost:4110/timesEntry.js",
      },
    }),
  ],
};
