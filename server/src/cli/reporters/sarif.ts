/** Findings as SARIF 2.1.0, for code scanning. */

import type { CheckFinding, CheckResult } from "../../ide/checkResult.ts";
import type { PositionRange } from "../../ide/places.ts";
import { rules } from "../../rules/index.ts";
import { rulePage } from "../../rules/page.ts";
import type { Severity } from "../../rules/rule.ts";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note", hint: "note" };

export function sarif(result: CheckResult, version: string): string {
  const indexes = new Map(rules.map((rule, index) => [rule.id as string, index]));
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Federation Lens",
            version,
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.docs.what },
              fullDescription: { text: rule.docs.why },
              help: { text: rule.docs.how },
              helpUri: rulePage(rule.id),
              defaultConfiguration: { level: LEVELS[rule.severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: result.findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: indexes.get(finding.code),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [location(finding.file, finding.range)],
          relatedLocations: finding.related.map((related, id) => ({
            id,
            message: { text: related.message },
            ...location(related.file, related.range),
          })),
          ...fixes(finding),
        })),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function location(file: string, range: PositionRange): object {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: region(range) } };
}

/** SARIF counts lines and columns from one. */
function region({ start, end }: PositionRange): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixes(finding: CheckFinding): object {
  if (finding.fixes.length === 0) return {};
  return {
    fixes: finding.fixes.map((fix) => {
      const files = [...new Set(fix.edits.map((edit) => edit.file))];
      return {
        description: { text: fix.title },
        artifactChanges: files.map((file) => ({
          artifactLocation: { uri: encodeURI(file) },
          replacements: fix.edits
            .filter((edit) => edit.file === file)
            .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
        })),
      };
    }),
  };
}
