/** What is generated from the table of settings: the manifest's configuration block and the README's table. */
import type { Rule } from "../../server/src/rules/rule.ts";
import { SECTION, type SettingDeclaration, settings } from "../../shared/src/settings.ts";

type Block = Readonly<Record<string, unknown>>;

const declarations: readonly (readonly [string, SettingDeclaration])[] = Object.entries(settings);

/** `contributes.configuration` of the manifest; the rules' severities are offered by name. */
export function configurationBlock(rules: readonly Rule[]): Block {
  const properties = declarations.map(([name, declaration], order) => {
    const { description, additionalProperties, ...rest } = declaration;
    const schema = { ...rest, order, markdownDescription: description };
    if (name === "rules")
      return [name, { ...schema, ...severitySchema(rules, additionalProperties?.enum ?? []) }] as const;
    return [name, { ...schema, ...(additionalProperties === undefined ? {} : { additionalProperties }) }] as const;
  });
  return {
    title: "Federation Lens",
    properties: Object.fromEntries(properties.map(([name, schema]) => [`${SECTION}.${name}`, schema])),
  };
}

function severitySchema(rules: readonly Rule[], severities: readonly string[]): Block {
  return {
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map((rule) => [
        rule.id,
        { type: "string", enum: severities, default: rule.severity, markdownDescription: rule.docs.what },
      ]),
    ),
  };
}

/** The manifest's text with a fresh configuration block. */
export function manifestText(text: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(text) as { contributes: Record<string, unknown> };
  manifest.contributes.configuration = configurationBlock(rules);
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The README's table of settings. */
export function settingsTable(): string {
  const rows = declarations.map(([name, declaration]) => {
    const values =
      declaration.enum === undefined ? "" : ` One of ${declaration.enum.map((value) => `\`${value}\``).join(", ")}.`;
    return `| \`${SECTION}.${name}\` | \`${JSON.stringify(declaration.default)}\` | ${cell(declaration.description + values)} |`;
  });
  return ["| setting | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The README's table of rules. */
export function rulesTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const fixable = rule.examples.some(({ fixed }) => fixed !== undefined) ? "yes" : "";
    return `| [${rule.id}](server/docs/rules/${rule.id}.md) | ${rule.severity} | ${fixable} | ${cell(rule.docs.what)} |`;
  });
  return ["| rule | severity | fix | what it reports |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** A document with the part between its marks `<!-- name -->` and `<!-- /name -->` replaced. */
export function withPart(document: string, name: string, part: string): string {
  const open = `<!-- ${name} -->`;
  const start = document.indexOf(open);
  const end = document.indexOf(`<!-- /${name} -->`);
  if (start < 0 || end < start) throw new Error(`the document has no part ${name}`);
  return `${document.slice(0, start + open.length)}\n${part}\n${document.slice(end)}`;
}
