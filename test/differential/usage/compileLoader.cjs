/** Compiles one file of TypeScript or JSX by itself, for webpack and Rspack. */
const ts = require("typescript");

const JSX = { react: ts.JsxEmit.React, "react-jsx": ts.JsxEmit.ReactJSX };

module.exports = function compile(text) {
  const { jsx, ...options } = this.getOptions();
  const { outputText } = ts.transpileModule(text, {
    fileName: this.resourcePath,
    compilerOptions: { ...options, jsx: JSX[jsx], module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return outputText;
};
