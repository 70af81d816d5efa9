/**
 * `module.rules` of a configuration, as far as the graph depends on them: the layer of a module (`experiments.layers`),
 * whether it has side effects, and the loaders' options for its JSX.
 */
import { statelessRegExp, writtenRegExp } from "../base/regExp.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";

export type Rule = Readonly<Record<string, Json | undefined>>;

/** A rule with those around it, from the outermost. */
type RuleChain = readonly Rule[];

/** Gives the layer of a file that a module of some layer asks for. */
export type LayerOf = (file: FilePath, issuerLayer: string | undefined) => string | undefined;

/** `undefined` where every module has the layer of those that ask for it. */
export function moduleLayers(config: FederationConfig): LayerOf | undefined {
  const chains = chainsOf(config).filter((chain) => typeof chain.at(-1)!.layer === "string");
  if (chains.length === 0) return undefined;
  return (file, issuerLayer) =>
    chains.reduce<string | undefined>(
      (layer, chain) =>
        chain.every((rule) => applies(rule, file, issuerLayer)) ? (chain.at(-1)!.layer as string) : layer,
      issuerLayer,
    );
}

/** What the rules say of a file's side effects, before its package does; `undefined` where they say nothing of any. */
export function effectsByRules(config: FederationConfig): ((file: FilePath) => boolean | undefined) | undefined {
  const chains = chainsOf(config).filter((chain) => typeof chain.at(-1)!.sideEffects === "boolean");
  if (chains.length === 0) return undefined;
  return (file) =>
    chains.reduce<boolean | undefined>(
      (found, chain) =>
        chain.every((rule) => applies(rule, file, undefined)) ? (chain.at(-1)!.sideEffects as boolean) : found,
      undefined,
    );
}

/** Types of modules whose text is JavaScript. */
const SCRIPT_TYPES = /^javascript\//;

/** Whether a file's own requests are no part of the build: `module.noParse`, or a rule that makes something else of it. */
export function unparsedFiles(config: FederationConfig): ((file: FilePath) => boolean) | undefined {
  const written = partlyKnown(config.build.options.get("module.noParse"));
  const listed = [written ?? []].flat() as readonly Json[];
  const chains = chainsOf(config).filter((chain) => typeof chain.at(-1)!.type === "string");
  if (listed.length === 0 && chains.length === 0) return undefined;
  return (file) => {
    if (listed.some((item) => matches(item, file))) return true;
    const type = chains.findLast((chain) => chain.every((rule) => applies(rule, file, undefined)))?.at(-1)?.type;
    return typeof type === "string" && !SCRIPT_TYPES.test(type);
  };
}

/** Name and options of the loaders that a file goes through. */
export interface UsedLoader {
  readonly name: string;
  readonly options: Json | undefined;
}

/** By the rules that are known. */
export function loadersOf(config: FederationConfig, file: FilePath): readonly UsedLoader[] {
  return chainsOf(config)
    .filter((chain) => chain.every((rule) => applies(rule, file, undefined)))
    .flatMap((chain) => usedLoaders(chain.at(-1)!));
}

function usedLoaders({ use, loader, options }: Rule): readonly UsedLoader[] {
  const items: readonly Json[] = [use ?? []].flat() as readonly Json[];
  const own = typeof loader === "string" ? [{ name: loader, options }] : [];
  return [
    ...own,
    ...items.flatMap((item): readonly UsedLoader[] => {
      if (typeof item === "string") return [{ name: item, options: undefined }];
      if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
      const { loader: name, options: given } = item as Rule;
      return typeof name === "string" ? [{ name, options: given }] : [];
    }),
  ];
}

const chainTable = new WeakMap<FederationConfig, readonly RuleChain[]>();

function chainsOf(config: FederationConfig): readonly RuleChain[] {
  let chains = chainTable.get(config);
  if (chains === undefined) {
    chains = chained(partlyKnown(config.build.options.get("module.rules")), []);
    chainTable.set(config, chains);
  }
  return chains;
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

function chained(value: Json | undefined, around: RuleChain): readonly RuleChain[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json): readonly RuleChain[] => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
    const rule = item as Rule;
    const chain = [...around, rule];
    return [chain, ...chained(rule.rules, chain), ...chained(rule.oneOf, chain)];
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
  let test = tests.get(condition);
  if (test === undefined) {
    test = testOf(condition);
    tests.set(condition, test);
  }
  return test(text);
}

type Test = (text: string) => boolean;

/** There are as many as configurations write. */
const tests = new Map<string, Test>();

function testOf(condition: string): Test {
  const written = writtenRegExp(condition);
  if (written === undefined) return (text) => text.startsWith(condition);
  const compiled = statelessRegExp(written.pattern, written.flags);
  return (text) => compiled?.test(text) === true;
}
