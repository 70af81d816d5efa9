// One entry for the waiters' pagers, which nobody may change, and one for what is new in it.
const { ModuleFederationPlugin } = require("webpack").container;

module.exports = {
  context: __dirname,
  entry: "./src/Till.js",
  output: { uniqueName: "shop-pager" },
  plugins: [
    new ModuleFederationPlugin({ name: "pager", filename: "pager.js", exposes: { "./Today": "./src/Today.js" } }),
    new ModuleFederationPlugin({ name: "pager", filename: "pager2.js", exposes: { "./Till": "./src/Till.js" } }),
  ],
};
