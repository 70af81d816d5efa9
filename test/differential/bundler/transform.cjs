/** A loader that turns TypeScript and JSX into JavaScript, as builds of apps do. */
const { transformSync } = require("esbuild");

module.exports = function transform(source) {
  const loader = /\.(?:jsx|tsx|ts)$/.exec(this.resourcePath)?.[0].slice(1) ?? "js";
  return transformSync(source, { loader, jsx: "automatic", format: "esm" }).code;
};
