/** Every example of every rule: bad ones are found exactly where they are marked, good ones are not, fixes do as they say. */
import { describe, expect, it } from "vitest";
import { setStrictAssertions } from "../../server/src/base/assert.ts";
import { rules } from "../../server/src/rules/index.ts";
import type { Finding, RuleExample } from "../../server/src/rules/rule.ts";
import { allFindings } from "../../server/src/rules/run.ts";
import { fileText } from "../../server/src/vfs/vfs.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

setStrictAssertions(true);

function findingsOf(example: RuleExample, code: string, drive: string) {
  const fixture = parseFixture(example.files);
  const { db, root } = openFixture(fixture.files, drive);
  const findings = [...allFindings(db).values()].flat().filter((finding) => finding.code === code);
  return { fixture, db, root, findings };
}

function shown(finding: Finding, root: string) {
  const { file, range } = finding.source;
  const [message = ""] = finding.message.split("\n");
  return { file: file.slice(root.length), start: range.start, end: range.end, code: finding.code, message };
}

for (const rule of rules) {
  describe(rule.id, () => {
    it("has bad and good examples, and says what, why and how", () => {
      expect(rule.examples.some(({ kind }) => kind === "bad")).toBe(true);
      expect(rule.examples.some(({ kind }) => kind === "good")).toBe(true);
      for (const part of [rule.docs.what, rule.docs.why, rule.docs.how]) expect(part).toMatch(/\S\.$|`$/);
    });

    for (const example of rule.examples) {
      it.each(["", "c:"])(`${example.kind}: ${example.title} (%s)`, (drive) => {
        const { fixture, findings, root } = findingsOf(example, rule.id, drive);
        if (example.kind === "good") expect(fixture.expected).toEqual([]);
        else expect(fixture.expected).not.toEqual([]);
        expect(findings.map((finding) => shown(finding, root))).toEqual(fixture.expected);
      });

      if (example.fixed !== undefined) {
        it(`the fix of: ${example.title}`, () => {
          const { db, root, findings } = findingsOf(example, rule.id, "");
          const [fix] = findings[0]!.fixes;
          for (const [path, after] of Object.entries(parseFixture(example.fixed!).files)) {
            const edits = fix!.edits
              .filter((edit) => edit.file === root + path)
              .sort((left, right) => right.range.start - left.range.start);
            const before = fileText(db, root + path)!;
            const changed = edits.reduce(
              (text, { range, newText }) => text.slice(0, range.start) + newText + text.slice(range.end),
              before,
            );
            expect(changed).toBe(after);
          }
        });
      }
    }
  });
}
