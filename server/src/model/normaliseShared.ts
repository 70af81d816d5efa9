/**
 * `shared` as the plugins read it: one consume and, unless `import` is false, one provide an entry, defaults filled in.
 * After webpack's `SharePlugin` / `ConsumeSharedPlugin` / `ProvideSharedPlugin` and the same of enhanced and Rspack.
 */
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { ConfigEntry, FederationConfig, SharedItem } from "./federationConfig.ts";
import { type OptionReader, readOptions, textList } from "./options.ts";
import type { ConsumeShared, ProvideShared, SharedFilter } from "./shared.ts";

export interface NormalisedShared {
  readonly consumes: readonly ConsumeShared[];
  /** In the order of the plugin: sorted by request. */
  readonly provides: readonly ProvideShared[];
}

/** webpack's test for "this text is a version, not a request". */
export function looksLikeVersion(text: string): boolean {
  return /^(?:[\d^=v<>~]|[*xX]$)/.test(text);
}

export function normaliseShared(config: FederationConfig, scopes: readonly string[]): NormalisedShared {
  const consumes: ConsumeShared[] = [];
  const provides: ProvideShared[] = [];
  for (const entry of config.shared.entries) {
    const read = readOptions(entry.value.options);
    const consume = consumeOf(config, entry, read, scopes);
    if (config.plugin !== "ProvideSharedPlugin")
      consumes.push({ ...consume, unknownOptions: [...read.unknown, ...(entry.value.complete ? [] : ["*"])] });
    if (config.plugin !== "ConsumeSharedPlugin" && read.json("import") !== false)
      provides.push(provideOf(config, entry, read, consume));
  }
  provides.sort((left, right) => (left.request < right.request ? -1 : left.request > right.request ? 1 : 0));
  return { consumes, provides };
}

type Entry = ConfigEntry<SharedItem>;

/** webpack and Rspack match by the key alone; enhanced by `request`, the key being its default. */
function matchesByKey(config: FederationConfig): boolean {
  return config.implementation === "webpack" || config.implementation === "rspack";
}

function requestOf(config: FederationConfig, entry: Entry, read: OptionReader): string {
  return matchesByKey(config) ? entry.key : (read.text("request") ?? entry.key);
}

function consumeOf(
  config: FederationConfig,
  entry: Entry,
  read: OptionReader,
  scopes: readonly string[],
): Omit<ConsumeShared, "unknownOptions"> {
  const request = requestOf(config, entry, read);
  const importOption = plainConsume(config, entry) ? undefined : read.json("import");
  const singleton = read.boolean("singleton") ?? false;
  return {
    request,
    shareKey: read.text("shareKey") ?? givenKey(config, entry, read) ?? entry.key,
    shareScopes: textList(read.json("shareScope")) ?? scopes,
    import:
      importOption === false
        ? undefined
        : typeof importOption === "string" && importOption !== ""
          ? importOption
          : request,
    requiredVersion: requiredVersionOf(entry.value.options.get("requiredVersion")),
    strictVersion:
      read.boolean("strictVersion") ?? (importOption !== false && !singleton && !plainConsume(config, entry)),
    singleton,
    eager: read.boolean("eager") ?? false,
    packageName: read.text("packageName"),
    layer: layered(config, read, "layer"),
    issuerLayer: layered(config, read, "issuerLayer"),
    include: filterOf(config, read.json("include")),
    exclude: filterOf(config, read.json("exclude")),
    allowNodeModulesSuffixMatch: !matchesByKey(config) && (read.boolean("allowNodeModulesSuffixMatch") ?? false),
    treeShaking: treeShakingOf(read),
    source: entry.keySource,
    requiredVersionSource: read.source("requiredVersion"),
  };
}

/** `consumes: ["kit"]`, `{ kit: "kit" }`: only `SharePlugin` makes objects of such entries. */
function plainConsume(config: FederationConfig, { value }: Entry): boolean {
  return config.plugin === "ConsumeSharedPlugin" && value.form !== "object" && !value.options.has("requiredVersion");
}

/** A text in `provides` is the share key. */
function givenKey(config: FederationConfig, { value }: Entry, read: OptionReader): string | undefined {
  if (config.plugin !== "ProvideSharedPlugin" || value.form !== "string") return undefined;
  return read.text("import") ?? read.text("requiredVersion");
}

function layered(config: FederationConfig, read: OptionReader, name: "layer" | "issuerLayer"): string | undefined {
  return matchesByKey(config) ? undefined : read.text(name);
}

function requiredVersionOf(option: Evaluated<Json> | undefined): ConsumeShared["requiredVersion"] {
  if (option === undefined) return "infer";
  if (!option.known) return "unknown";
  const { value } = option;
  if (value === false) return { range: false };
  return typeof value === "string" ? { range: value } : "infer";
}

function provideOf(
  config: FederationConfig,
  entry: Entry,
  read: OptionReader,
  consume: Omit<ConsumeShared, "unknownOptions">,
): ProvideShared {
  const importOption = config.plugin === "ProvideSharedPlugin" ? undefined : read.text("import");
  const named = matchesByKey(config) ? undefined : (read.text("request") ?? givenKey(config, entry, read));
  const request = named ?? (importOption || entry.key);
  const version = entry.value.options.get("version");
  const { requiredVersion } = consume;
  return {
    request,
    shareKey: consume.shareKey,
    shareScopes: consume.shareScopes,
    version: provideVersionOf(version),
    eager: consume.eager,
    singleton: consume.singleton,
    strictVersion: read.boolean("strictVersion"),
    requiredVersion: typeof requiredVersion === "object" ? requiredVersion.range : undefined,
    layer: consume.layer,
    include: consume.include,
    exclude: consume.exclude,
    allowNodeModulesSuffixMatch: consume.allowNodeModulesSuffixMatch,
    source: entry.keySource,
  };
}

function provideVersionOf(option: Evaluated<Json> | undefined): ProvideShared["version"] {
  if (option === undefined) return "infer";
  if (!option.known) return "unknown";
  const { value } = option;
  return value === false || typeof value === "string" ? { version: value } : "infer";
}

/** Rspack has no filters. */
function filterOf(config: FederationConfig, value: Json | undefined): SharedFilter | undefined {
  if (config.implementation === "rspack") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { request, version, fallbackVersion } = value as Readonly<Record<string, Json | undefined>>;
  return {
    ...(typeof request === "string" ? { request: regularExpression(request) ?? request } : {}),
    ...(typeof version === "string" ? { version } : {}),
    ...(typeof fallbackVersion === "string" ? { fallbackVersion } : {}),
  };
}

/** A regular expression is evaluated to its source text, `/get/i`. */
function regularExpression(text: string): { readonly source: string; readonly flags: string } | undefined {
  const match = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text);
  return match === null ? undefined : { source: match[1]!, flags: match[2]! };
}

function treeShakingOf(read: OptionReader): ConsumeShared["treeShaking"] {
  const value = read.json("treeShaking");
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { mode, usedExports } = value as Readonly<Record<string, Json | undefined>>;
  return { mode: typeof mode === "string" ? mode : undefined, usedExports: textList(usedExports) ?? [] };
}
