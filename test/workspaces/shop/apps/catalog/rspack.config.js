const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
const { sharedLibraries } = require("../../federation.shared");
const { dependencies } = require("./package.json");

module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.ts",
  devtool: false,
  optimization: { minimize: false },
  output: { uniqueName: "shop-catalog", publicPath: "auto" },
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: "builtin:swc-loader",
        type: "javascript/auto",
        options: {
          jsc: { parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } },
        },
      },
    ],
  },
  plugins: [
    new ModuleFederationPlugin({
      name: "catalog",
      filename: "remoteEntry.js",
      dts: false,
      remotes: {
        shell: "shell@http://localhost:4000/remoteEntry.js",
        checkout: "checkout@http://localhost:4002/remoteEntry.js",
      },
      exposes: {
        "./ProductList": "./src/ProductList.tsx",
      },
      shared: sharedLibraries(dependencies),
    }),
  ],
};
