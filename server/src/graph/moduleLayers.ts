/** The layer of a module (`experiments.layers`): what a rule of the configuration says, else that of who asks for it. */
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";

type Rule = Readonly<Record<string, Json | undefined>>;

/** Gives the layer of a file that a module of some layer asks for. */
export type LayerOf = (file: FilePath, issuerLayer: string | undefined) => string | undefined;

export function moduleLayers({ build }: FederationConfig): LayerOf {
  const rules = flattened(partlyKnown(build.options.get("module.rules")), []);
  if (rules.length === 0) return (_file, issuerLayer) => issuerLayer;
  return (file, issuerLayer) =>
    rules.reduce<string | undefined>(
      (layer, { conditions, given }) => (conditions.every((rule) => applies(rule, file, issuerLayer)) ? given : layer),
      issuerLayer,
    );
}

/** Unknown parts of a list of rules are no reason to leave the others out. */
function partlyKnown(option: Evaluated<Json> | undefined): Json | undefined {
  if (option === undefined || option.known) return option?.value;
  try {
    return option.partial === undefined ? undefined : (JSON.parse(option.partial) as Json);
  } catch {
    return undefined;
  }
}

interface LayerRule {
  /** The rule and those around it. */
  readonly conditions: readonly Rule[];
  readonly given: string;
}

function flattened(value: Json | undefined, around: readonly Rule[]): readonly LayerRule[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json): readonly LayerRule[] => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
    const rule = item as Rule;
    const conditions = [...around, rule];
    const own = typeof rule.layer === "string" ? [{ conditions, given: rule.layer }] : [];
    return [...own, ...flattened(rule.rules, conditions), ...flattened(rule.oneOf, conditions)];
  });
}

function applies(rule: Rule, file: FilePath, issuerLayer: string | undefined): boolean {
  for (const name of ["test", "include", "resource"]) {
    if (rule[name] !== undefined && !matches(rule[name], file)) return false;
  }
  if (rule.exclude !== undefined && matches(rule.exclude, file)) return false;
  if (rule.issuerLayer !== undefined && !matches(rule.issuerLayer, issuerLayer ?? "")) return false;
  return rule.issuer === undefined && rule.resourceQuery === undefined && rule.mimetype === undefined;
}

/** A regular expression is evaluated to its source text; another text is what a path begins with. */
function matches(condition: Json, text: string): boolean {
  if (Array.isArray(condition)) return condition.some((item: Json) => matches(item, text));
  if (typeof condition !== "string") return false;
  const expression = /^\/(.+)\/([dgimsuvy]*)$/s.exec(condition);
  if (expression === null) return text.startsWith(condition);
  try {
    return new RegExp(expression[1]!, expression[2]!.replace(/[gy]/g, "")).test(text);
  } catch {
    return false;
  }
}
