// And for the till, with Rspack.
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");

module.exports = {
  context: __dirname,
  entry: "./src/Till.js",
  output: { uniqueName: "shop-till" },
  devServer: { port: 4107 },
  lazyCompilation: true,
  plugins: [
    new ModuleFederationPlugin({
      name: "till",
      filename: "tillEntry.js",
      library: { type: "var" },
      exposes: { "./Till": "./src/Till.js" },
      getPublicPath: "http://localhost:4107/",
    }),
  ],
};
