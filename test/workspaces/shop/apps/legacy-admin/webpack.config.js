// The admin page and its widgets are two builds of one package. Neither is built any more.
const { ModuleFederationPlugin } = require("webpack").container;

module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  devServer: { port: 4104 },
  // The old page template loads it with a script tag.
  externals: { "date-fns": "dateFns" },
  plugins: [
    new ModuleFederationPlugin({
      name: "admin",
      remotes: { widgets: "widgets@http://localhost:4106/remoteEntry.js" },
      shared: {
        "date-fns": { requiredVersion: "^3.6.0" },
        "@shop/ui": "workspace:*",
      },
    }),
  ],
};
