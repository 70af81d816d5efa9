// And for the till, with Rspack.
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");

module.exports = {
  context: __dirname,
  entry: "./src/Today.js",
  output: { uniqueName: "shop-till" },
  devServer: { port: 4107 },
  plugins: [
    new ModuleFederationPlugin({
      name: "till",
      filename: "tillEntry.js",
      library: { type: "var" },
      exposes: { "./Today": "./src/Today.js" },
      getPublicPath: "http://localhost:4107/",
    }),
  ],
};
