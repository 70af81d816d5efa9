/** `fedlens config --explain PATH`: how values came to be, as the command line's JSON and as text. */
import { type ExplainedValue, type ExplainStep, explainValues } from "../bundlers/explainValue.ts";
import { DYNAMIC, type Evaluated, type Json } from "../evaluate/evaluated.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import { Places } from "./places.ts";

const LONGEST_EXCERPT = 72;

const WORDS: Readonly<Record<ExplainStep["what"], string>> = {
  receives: "the plugin receives its options",
  key: "stands under this key",
  written: "written here",
  computed: "computed here",
  read: "read here",
  part: "computed from",
};

/** `[FILE:]PATH`: the path of a value, in one configuration file or in all. */
function questionOf(root: FilePath, question: string): { readonly path: string; readonly file?: FilePath } {
  const match = /^(.+\.[cm]?[jt]sx?):(.+)$/.exec(question);
  return match === null ? { path: question } : { path: match[2]!, file: joinPath(root, match[1]!) };
}

function answers(db: Db, root: FilePath, question: string): readonly ExplainedValue[] {
  const { path, file } = questionOf(root, question);
  return explainValues(db, root, path, file);
}

function valueJson(value: Evaluated<Json>): Json {
  return value.known ? value.value : (value.partial ?? DYNAMIC);
}

/** The document; `values` is empty where no configuration has such a value. */
export function explainDocument(db: Db, root: FilePath, question: string): Readonly<Record<string, unknown>> {
  const places = new Places(db, root);
  return {
    schema: "federation-lens/config-explain@1",
    values: answers(db, root, question).map(({ config, path, value, steps, remedy }) => ({
      configPath: places.path(config.file),
      plugin: config.plugin,
      path,
      value: valueJson(value),
      ...(value.known
        ? value.assumes === undefined
          ? {}
          : { assumes: value.assumes }
        : { reason: value.reason, ...(value.alternatives === undefined ? {} : { alternatives: value.alternatives }) }),
      ...(remedy === undefined ? {} : { remedy }),
      steps: steps.map((step) => ({
        what: step.what,
        path: step.path,
        file: places.path(step.source.file),
        range: places.range(step.source.file, step.source.range),
        text: excerpt(db, step.source),
        ...(step.value === undefined ? {} : { value: valueJson(step.value) }),
      })),
    })),
  };
}

/** The same for people; `undefined` where no configuration has such a value. */
export function explainText(db: Db, root: FilePath, question: string): string | undefined {
  const places = new Places(db, root);
  const found = answers(db, root, question);
  if (found.length === 0) return undefined;
  return found
    .map(({ config, path, value, steps, remedy }) => {
      const lines = [
        `${path} of ${config.plugin} in ${places.path(config.file)}`,
        `  = ${JSON.stringify(valueJson(value))}`,
      ];
      if (!value.known) lines.push(`  not known: ${value.reason}`);
      if (!value.known && value.alternatives !== undefined)
        lines.push(`  one of ${value.alternatives.map((one) => JSON.stringify(one)).join(", ")}`);
      if (remedy !== undefined) lines.push(`  to know it: ${remedy}`);
      if (value.known && value.assumes !== undefined) lines.push(`  as long as ${value.assumes.join(" and ")}`);
      for (const [index, step] of steps.entries()) lines.push(stepLine(db, places, step, index + 1));
      return lines.join("\n");
    })
    .join("\n\n");
}

function stepLine(db: Db, places: Places, step: ExplainStep, number: number): string {
  const { start } = places.range(step.source.file, step.source.range);
  const place = `${places.path(step.source.file)}:${start.line + 1}:${start.character + 1}`;
  const gives = step.value === undefined ? "" : ` = ${JSON.stringify(valueJson(step.value))}`;
  const subject = step.what === "part" || step.path === "" ? "" : `${step.path} `;
  return `  ${String(number).padStart(2)}. ${place}  ${subject}${WORDS[step.what]}: ${excerpt(db, step.source)}${gives}`;
}

function excerpt(db: Db, { file, range }: SourceRange): string {
  const text = (fileText(db, file) ?? "").slice(range.start, range.end).replace(/\s+/g, " ");
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT - 1)}…` : text;
}
