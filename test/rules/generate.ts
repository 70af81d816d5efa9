/** What is generated from the rules: the registry, a page of documentation for each rule, and their index. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule, RuleExample } from "../../server/src/rules/rule.ts";

export const projectRoot: string = join(import.meta.dirname, "../..");
const rulesFolder = join(projectRoot, "server/src/rules");

/** `category/name` of every rule file, sorted. */
export function ruleFiles(): readonly string[] {
  return readdirSync(rulesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: category }) =>
      readdirSync(join(rulesFolder, category))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${category}/${file.slice(0, -".ts".length)}`),
    )
    .sort();
}

function localName(id: string): string {
  return id.replace(/[/-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The text of `rules/index.ts`. */
export function registryText(ids: readonly string[]): string {
  const imports = [
    ...ids.map((id) => [`./${id}.ts`, `import ${localName(id)} from "./${id}.ts";`] as const),
    ["./rule.ts", 'import type { Rule } from "./rule.ts";'] as const,
  ];
  imports.sort(([left], [right]) => (left < right ? -1 : 1));
  return `/** The registry of rules: generated from the files of this folder; \`UPDATE=1 npm test\` rewrites it. */
${imports.map(([, line]) => line).join("\n")}

export const rules: readonly Rule[] = [
${ids.map((id) => `  ${localName(id)},`).join("\n")}
];
`;
}

const SEVERITY_WORDS = {
  error: "error: fails at build or load",
  warning: "warning: a likely surprise at run time",
  info: "info: dead or redundant",
  hint: "hint: a simplification, or something to know",
} as const;

/** The page of one rule, `<id>.md`. */
export function rulePageText(rule: Rule): string {
  const fixable = rule.examples.some(({ fixed }) => fixed !== undefined);
  const { what, why, how, sources = [] } = rule.docs;
  return `${[
    "<!-- Generated from the rule's own file; `UPDATE=1 npm test` rewrites it. -->",
    `# ${rule.id}`,
    `${what}`,
    `| default severity | quick fix | since |\n| --- | --- | --- |\n| ${SEVERITY_WORDS[rule.severity]} | ${fixable ? "yes" : "no"} | ${rule.since} |`,
    `## Why\n\n${why}`,
    `## What to do\n\n${how}`,
    "## Reported",
    ...rule.examples.filter(({ kind }) => kind === "bad").map(exampleText),
    "## Not reported",
    ...rule.examples.filter(({ kind }) => kind === "good").map(exampleText),
    `## Severity\n\n\`\`\`json\n{ "federationLens.rules": { "${rule.id}": "off" } }\n\`\`\`\n\nAlso \`error\`, \`warning\`, \`info\` and \`hint\`. For one place:\n\n\`\`\`js\n// federation-lens-disable-next-line ${rule.id} -- the reason\n\`\`\``,
    ...(sources.length === 0 ? [] : [`## Read more\n\n${sources.map((source) => `- <${source}>`).join("\n")}`]),
  ].join("\n\n")}\n`;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  json: "json",
  yaml: "yaml",
  vue: "vue",
  html: "html",
  css: "css",
};

function exampleText(example: RuleExample): string {
  const files = filesOfExample(example.files).filter(({ path }) => !/(?:^|\/)node_modules\//.test(path));
  const fixed = example.fixed === undefined ? [] : filesOfExample(example.fixed);
  return [
    `### ${example.title}`,
    ...files.map(fenced),
    ...(fixed.length === 0 ? [] : ["After the fix:", ...fixed.map(fenced)]),
  ].join("\n\n");
}

function filesOfExample(text: string): readonly { readonly path: string; readonly text: string }[] {
  return text
    .split(/^\/\/- \//m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { path: part.slice(0, end).trim(), text: part.slice(end + 1).trimEnd() };
    });
}

function fenced({ path, text }: { readonly path: string; readonly text: string }): string {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  return `\`${path}\`\n\n\`\`\`${LANGUAGES[extension] ?? extension}\n${text}\n\`\`\``;
}

/** `docs/rules/README.md`. */
export function rulesIndexText(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const fixable = rule.examples.some(({ fixed }) => fixed !== undefined) ? "yes" : "";
    return `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${fixable} | ${rule.docs.what.replaceAll("|", "\\|")} |`;
  });
  return `<!-- Generated from the rules; \`UPDATE=1 npm test\` rewrites it. -->

# Rules

| rule | severity | fix | what it reports |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}
