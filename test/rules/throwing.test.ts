/** A rule that throws is recorded once and switched off; the others go on. */
import { expect, it } from "vitest";
import { neverRecords, setStrictAssertions } from "../../server/src/base/assert.ts";
import { rules } from "../../server/src/rules/index.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { findingsIn } from "../fixture/check.ts";

const FILES = `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop-cart",
      exposes: { "./Cart": "./missing.js" },
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`;

it("one rule's failure hides nothing of the others", () => {
  setStrictAssertions(false);
  const codes = () => findingsIn(FILES).findings.map(({ code }) => code);
  expect(codes()).toEqual(["containers/invalid-name", "exposes/missing-file"]);
  const failing = rules.find(({ id }) => id === "containers/invalid-name") as { check: Rule["check"] };
  let calls = 0;
  failing.check = () => {
    calls++;
    throw new Error("out of order");
  };
  expect(codes()).toEqual(["exposes/missing-file"]);
  expect(codes()).toEqual(["exposes/missing-file"]);
  expect(calls).toBe(1);
  expect(neverRecords().map(({ message }) => message.split("\n")[0])).toEqual([
    "rule containers/invalid-name failed: Error: out of order",
  ]);
});
