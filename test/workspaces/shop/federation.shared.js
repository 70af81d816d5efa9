/** What every app shares in the same way. */
exports.sharedLibraries = (dependencies) => ({
  react: { singleton: true, requiredVersion: dependencies.react },
  "react/": { singleton: true, requiredVersion: dependencies.react },
  "react-dom": { singleton: true, requiredVersion: dependencies["react-dom"] },
  "lodash-es": { requiredVersion: dependencies["lodash-es"] },
  "@shop/ui": { singleton: true, requiredVersion: dependencies["@shop/ui"] },
});
