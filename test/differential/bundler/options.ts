/** Federation options in every form that plugins accept, as text of a configuration file. */
import type { Random } from "./random.ts";

/** Text that stands in the configuration as it is. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON with code in it. */
export function print(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(print).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([key, inner]) => `${key.startsWith("[") ? key : JSON.stringify(key)}: ${print(inner)}`,
    );
    return `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value) ?? "undefined";
}

export interface OptionContext {
  readonly random: Random;
  /** Requests that code makes. */
  readonly requests: readonly string[];
  /** Options that only enhanced and Rspack know are used too. */
  readonly extended: boolean;
  readonly layers: boolean;
}

const RANGES = ["^18.2.0", "^17", "~4.17.0", ">=1.0.0 <3", "*", "1.x", "^4.0.0 || ^5.0.0", "2.1.0", "=1.5.0", "^0.3.0"];
const ODD_RANGES = ["latest", "workspace:*", "npm:other@1", "", "next", "file:../x", "catalog:"];

function maybe(random: Random, probability: number, value: () => object): object {
  return random.chance(probability) ? value() : {};
}

function filter(random: Random): object {
  return {
    ...maybe(random, 0.6, () => ({ version: random.pick(["^18.0.0", "^4.0.0", ">=2", "<1", "^1.0.0"]) })),
    ...maybe(random, 0.4, () => ({
      request: random.pick<unknown>([
        "get",
        new Code("/get|button/"),
        new Code("/^extra$/"),
        "esm-kit",
        new Code("/x$/i"),
      ]),
    })),
    ...maybe(random, 0.2, () => ({ fallbackVersion: random.pick(["18.2.0", "4.17.21", "0.1.0"]) })),
  };
}

/** The object form of a shared entry. */
export function sharedOptions({ random, requests, extended, layers }: OptionContext): object {
  const scope = () => random.pick<unknown>(["legacy", "default", ...(extended ? [["default", "second"]] : [])]);
  return {
    ...maybe(random, 0.15, () => ({ import: random.pick<unknown>([false, random.pick(requests), "./src/local.js"]) })),
    ...maybe(random, 0.12, () => ({ shareKey: random.pick(["renamed", "core-js-like", "a/b/"]) })),
    ...maybe(random, 0.12, () => ({ shareScope: scope() })),
    ...maybe(random, 0.3, () => ({
      requiredVersion: random.pick<unknown>([false, ...RANGES, ...(random.chance(0.3) ? ODD_RANGES : [])]),
    })),
    ...maybe(random, 0.15, () => ({ version: random.pick<unknown>([false, "9.9.9", "1.0.0-beta.1", "0"]) })),
    ...maybe(random, 0.15, () => ({ packageName: random.pick(["esm-kit", "core-js-like", "unknown-package"]) })),
    ...maybe(random, 0.3, () => ({ singleton: random.chance(0.8) })),
    ...maybe(random, 0.2, () => ({ strictVersion: random.chance(0.5) })),
    ...maybe(random, 0.15, () => ({ eager: random.chance(0.8) })),
    ...maybe(random, 0.15, () => ({ include: filter(random) })),
    ...maybe(random, 0.15, () => ({ exclude: filter(random) })),
    ...(extended ? extendedOptions(random, requests, layers) : {}),
  };
}

function extendedOptions(random: Random, requests: readonly string[], layers: boolean): object {
  return {
    ...maybe(random, 0.1, () => ({ request: random.pick(requests) })),
    ...maybe(random, 0.12, () => ({ allowNodeModulesSuffixMatch: random.chance(0.8) })),
    ...maybe(random, layers ? 0.3 : 0.05, () => ({ layer: random.pick(["client", "server"]) })),
    ...maybe(random, layers ? 0.3 : 0.05, () => ({ issuerLayer: random.pick(["client", "server"]) })),
  };
}

function sharedKey({ random, requests }: OptionContext): string {
  const request = random.pick(requests);
  const kind = random.below(10);
  if (kind < 6) return request;
  if (kind < 8) return `${/^(?:@[^/]+\/)?[^/]+/.exec(request)?.[0]}/`;
  if (kind === 8) return random.pick(["./src/local", "./src/local.js", "./src/feature", "./src/nope"]);
  return "[require('path').join(__dirname, 'src/local.js')]";
}

/** `shared` as an object, an array of texts and objects, or absent. */
export function shared(context: OptionContext): unknown {
  const { random } = context;
  const count = 2 + random.below(6);
  const entries = Array.from({ length: count }, () => sharedKey(context));
  if (random.chance(0.25)) {
    return entries.map((key) => {
      if (key.startsWith("[")) return { [key]: sharedOptions(context) };
      return random.chance(0.6) ? key : { [key]: random.chance(0.3) ? random.pick(RANGES) : sharedOptions(context) };
    });
  }
  const values = entries.map((key): [string, unknown] => [
    key,
    random.chance(0.15)
      ? random.pick([...RANGES, "esm-kit", ...ODD_RANGES.filter((text) => text !== "")])
      : sharedOptions(context),
  ]);
  return Object.fromEntries(values);
}

const ADDRESSES = [
  "cart@http://localhost:3001/remoteEntry.js",
  "cart@http://localhost:3001/mf-manifest.json",
  "cart",
  "http://localhost:3002/remoteEntry.js",
  "promise new Promise((resolve) => resolve(window.cart))",
  "script cart@http://localhost:3003/remoteEntry.js",
  "var cart",
];

/** `remotes` with aliases that contain each other; the last one of an array form is a fallback. */
export function remotes({ random, extended }: OptionContext): unknown {
  const aliases = random.shuffled(["cart", "cart2", "cart/inner", "@shop/list"]).slice(0, 1 + random.below(3));
  const table = aliases.map((alias): [string, unknown] => {
    const kind = random.below(8);
    const address = random.pick(extended && random.chance(0.95) ? ADDRESSES.slice(0, 2) : ADDRESSES);
    if (kind < 5) return [alias, address];
    if (kind === 5) return [alias, [address, random.pick(ADDRESSES.slice(0, 2))]];
    return [alias, { external: address, ...maybe(random, 0.5, () => ({ shareScope: "legacy" })) }];
  });
  const object = Object.fromEntries(table);
  if (!random.chance(0.2)) return object;
  return table.map(([alias, value]) => (value === alias ? alias : { [alias]: value }));
}

export function exposes({ random, requests }: OptionContext): unknown {
  const target = () =>
    random.pick<string>(["./src/local", "./src/local.js", "./src/feature/part.js", random.pick(requests)]);
  const keys = random.shuffled([".", "./Button", "./deep/item", "./List"]).slice(0, 1 + random.below(3));
  const table = keys.map((key): [string, unknown] => {
    const kind = random.below(6);
    if (kind < 3) return [key, target()];
    if (kind === 3) return [key, [target(), target()]];
    return [
      key,
      {
        import: random.chance(0.5) ? target() : [target(), target()],
        ...maybe(random, 0.5, () => ({ name: "chunk" })),
      },
    ];
  });
  return random.chance(0.15) ? table.map(([key, value]) => ({ [key]: value })) : Object.fromEntries(table);
}
