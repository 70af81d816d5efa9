/** Every example of every rule: bad ones are found exactly where they are marked, good ones are not, fixes do as they say. */
import { describe, expect, it } from "vitest";
import { setStrictAssertions } from "../../server/src/base/assert.ts";
import { rules } from "../../server/src/rules/index.ts";
import { check, checkFix, findingsIn } from "../fixture/check.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

setStrictAssertions(true);

for (const rule of rules) {
  describe(rule.id, () => {
    it("has bad and good examples, and says what, why and how", () => {
      expect(rule.examples.some(({ kind }) => kind === "bad")).toBe(true);
      expect(rule.examples.some(({ kind }) => kind === "good")).toBe(true);
      for (const part of [rule.docs.what, rule.docs.why, rule.docs.how]) expect(part).toMatch(/\S\.$|`$/);
    });

    for (const example of rule.examples) {
      it(`${example.kind}: ${example.title}`, () => {
        expect(parseFixture(example.files).expected.length > 0).toBe(example.kind === "bad");
        check(example.files, rule.id);
      });

      if (example.fixed !== undefined) {
        const { fixed } = example;
        it(`the fix of: ${example.title}`, () => {
          checkFix(findingsIn(example.files, rule.id), fixed);
        });
      }
    }
  });
}
