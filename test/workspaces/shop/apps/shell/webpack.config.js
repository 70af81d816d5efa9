const { ModuleFederationPlugin } = require("webpack").container;
const { dependencies } = require("./package.json");

module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.ts",
  devtool: false,
  optimization: { minimize: false },
  output: { uniqueName: "shop-shell", publicPath: "auto" },
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: "swc-loader",
        options: {
          jsc: {
            parser: { syntax: "typescript", tsx: true },
            transform: { react: { runtime: "automatic" } },
            target: "es2022",
          },
        },
      },
    ],
  },
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      filename: "remoteEntry.js",
      remotes: {
        catalog: "catalog@http://localhost:4001/remoteEntry.js",
        account: "account@http://localhost:4003/remoteEntry.js",
        search: `search@${process.env.SEARCH_URL}/remoteEntry.js`,
      },
      exposes: {
        "./session": "./src/session.ts",
      },
      shared: {
        react: { singleton: true, requiredVersion: dependencies.react },
        "react-dom": { singleton: true, requiredVersion: dependencies["react-dom"] },
        "lodash-es": {},
        "@shop/ui": { singleton: true, requiredVersion: dependencies["@shop/ui"] },
        // Given up with the new calendar; nothing imports it any more.
        "date-fns": { singleton: true },
      },
    }),
  ],
};
