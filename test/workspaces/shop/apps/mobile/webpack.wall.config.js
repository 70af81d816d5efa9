// The clock on the wall shows what the till shows.
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");

module.exports = {
  context: __dirname,
  entry: "./src/page.js",
  output: { uniqueName: "shop-wall" },
  devServer: { port: 4108 },
  plugins: [
    new ModuleFederationPlugin({
      remotes: { till: "till@http://localhost:4107/mf-manifest.json" },
    }),
  ],
};
