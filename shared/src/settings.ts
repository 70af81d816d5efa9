/**
 * The settings, declared once: types, defaults, the manifest's `contributes.configuration` and the README's table all
 * come from this table.
 */
export interface SettingDeclaration {
  readonly type: "boolean" | "string" | "number" | "array" | "object";
  readonly default: unknown;
  /** `resource` settings may differ between folders; `window` ones are of the whole window. */
  readonly scope: "resource" | "window" | "machine-overridable";
  /** Markdown. */
  readonly description: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: string };
  readonly additionalProperties?: { readonly type: string; readonly enum?: readonly string[] };
}

export const SECTION = "federationLens";

export const settings = {
  enable: {
    type: "boolean",
    default: true,
    scope: "window",
    description: "Analyse federated workspaces.",
  },
  env: {
    type: "object",
    default: {},
    scope: "window",
    description:
      'Values of environment variables (and of `mode` and `command`) in build configurations, for example `{ "CART_URL": "http://localhost:3001" }`. What is not pinned stays unknown.',
    additionalProperties: { type: "string" },
  },
  readDotEnv: {
    type: "boolean",
    default: false,
    scope: "window",
    description: "Read `.env` files for values of environment variables.",
  },
  exclude: {
    type: "array",
    default: [],
    scope: "window",
    description:
      "Globs of files and folders to leave out, beside `node_modules`, build output and what `.gitignore` names.",
    items: { type: "string" },
  },
  snapshots: {
    type: "array",
    default: [],
    scope: "window",
    description:
      "Files that tell of containers of other repositories: snapshots of `fedlens index` and `mf-manifest.json` files. Paths from a workspace folder, or absolute ones.",
    items: { type: "string" },
  },
  rules: {
    type: "object",
    default: {},
    scope: "window",
    description: 'Severity of single rules, for example `{ "shared/unused-entry": "off" }`.',
    additionalProperties: { type: "string", enum: ["error", "warning", "info", "hint", "off"] },
  },
  "diagnostics.run": {
    type: "string",
    default: "onType",
    scope: "window",
    description: "When findings are brought up to date.",
    enum: ["onType", "onSave"],
  },
  "hover.enable": {
    type: "boolean",
    default: true,
    scope: "window",
    description: "Show share keys, versions and remotes on hover.",
  },
  "codeLens.enable": {
    type: "boolean",
    default: true,
    scope: "window",
    description: "Show above entries of a configuration what consumes them.",
  },
  "inlayHints.enable": {
    type: "boolean",
    default: true,
    scope: "window",
    description: "Show in the line which shared version wins.",
  },
  maxFileSize: {
    type: "number",
    default: 5_000_000,
    scope: "window",
    description: "Bytes; larger files are not read. Takes effect after a restart of the server.",
  },
  "trace.server": {
    type: "string",
    default: "off",
    scope: "window",
    description: "Write the messages between the editor and the language server to the output channel.",
    enum: ["off", "messages", "verbose"],
  },
} as const satisfies Readonly<Record<string, SettingDeclaration>>;

export interface Settings {
  readonly enable: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly readDotEnv: boolean;
  readonly exclude: readonly string[];
  readonly snapshots: readonly string[];
  readonly rules: Readonly<Record<string, string>>;
  readonly diagnosticsRun: "onType" | "onSave";
  readonly hoverEnable: boolean;
  readonly codeLensEnable: boolean;
  readonly inlayHintsEnable: boolean;
  readonly maxFileSize: number;
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value of the section, by its dotted name; nested and flat forms are understood. */
function lookUp(section: unknown, name: string): unknown {
  if (isPlain(section) && name in section) return section[name];
  return name.split(".").reduce<unknown>((value, part) => (isPlain(value) ? value[part] : undefined), section);
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (!isPlain(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Settings from whatever an editor sends for the section; wrong types fall back to the defaults. */
export function readSettings(section: unknown): Settings {
  const boolean = (
    name: "enable" | "readDotEnv" | "hover.enable" | "codeLens.enable" | "inlayHints.enable",
  ): boolean => {
    const value = lookUp(section, name);
    return typeof value === "boolean" ? value : settings[name].default;
  };
  const list = (name: "exclude" | "snapshots"): readonly string[] => {
    const value = lookUp(section, name);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  };
  const maxFileSize = lookUp(section, "maxFileSize");
  return {
    enable: boolean("enable"),
    env: texts(lookUp(section, "env")),
    readDotEnv: boolean("readDotEnv"),
    exclude: list("exclude"),
    snapshots: list("snapshots"),
    rules: texts(lookUp(section, "rules")),
    diagnosticsRun: lookUp(section, "diagnostics.run") === "onSave" ? "onSave" : "onType",
    hoverEnable: boolean("hover.enable"),
    codeLensEnable: boolean("codeLens.enable"),
    inlayHintsEnable: boolean("inlayHints.enable"),
    maxFileSize: typeof maxFileSize === "number" && maxFileSize > 0 ? maxFileSize : settings.maxFileSize.default,
  };
}
