/** For the newest seeds: further federation plugins, whole ones or parts, beside the first in one configuration. */
import type { OptionContext } from "./options.ts";
import { exposes, print, remotes, shared, sharedOptions } from "./options.ts";
import type { Random } from "./random.ts";

/** The first seed with these. */
export const FIRST_SEED_OF_SEVERAL = 40_000;

interface Plugins {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

type Kind = (context: OptionContext, number: number) => string;

/** Options that the parts know. */
function picked(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}

const CONSUMED = "eager import packageName requiredVersion shareKey shareScope singleton strictVersion".split(" ");
const PROVIDED = "eager shareKey shareScope version".split(" ");

function table(context: OptionContext, value: (key: string) => unknown): Record<string, unknown> {
  const { random, requests } = context;
  const keys = Array.from({ length: 1 + random.below(3) }, () => {
    const request = random.pick(requests);
    if (random.chance(0.25)) return `${/^(?:@[^/]+\/)?[^/]+/.exec(request)?.[0]}/`;
    return random.chance(0.15) ? random.pick(["./src/local.js", "./src/feature/part.js"]) : request;
  });
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}

const federation: Kind = (context, number) =>
  `new ModuleFederationPlugin(${print({
    name: `more${number}`,
    filename: `more${number}.js`,
    ...(context.random.chance(0.8) ? { shared: shared(context) } : {}),
    ...(context.random.chance(0.4) ? { remotes: remotes(context) } : {}),
    ...(context.random.chance(0.6) ? { exposes: exposes(context) } : {}),
    ...(context.random.chance(0.2) ? { shareScope: "team" } : {}),
  })})`;

const share: Kind = (context) =>
  `new (${place("sharing")}.SharePlugin)(${print({
    shared: shared(context),
    ...(context.random.chance(0.2) ? { shareScope: "team" } : {}),
  })})`;

const consume: Kind = (context) =>
  `new (${place("sharing")}.ConsumeSharedPlugin)(${print({
    consumes: table(context, () => picked(sharedOptions(context), CONSUMED)),
  })})`;

const provide: Kind = (context) =>
  `new (${place("sharing")}.ProvideSharedPlugin)(${print({
    provides: table(context, (key) => ({ shareKey: key, ...picked(sharedOptions(context), PROVIDED) })),
  })})`;

const container: Kind = (context, number) =>
  `new (${place("container")}.ContainerPlugin)(${print({
    name: `part${number}`,
    filename: `part${number}.js`,
    library: { type: "var", name: `part${number}` },
    exposes: exposes(context),
  })})`;

const reference: Kind = (context) =>
  `new (${place("container")}.ContainerReferencePlugin)(${print({
    remoteType: context.random.pick(["var", "script"]),
    remotes: remotes(context),
  })})`;

function place(name: "sharing" | "container"): string {
  return `require("webpack").${name}`;
}

const KINDS: readonly Kind[] = [federation, federation, share, share, consume, provide, container, reference];

export function severalPlugins(random: Random, requests: readonly string[], layers: boolean): Plugins {
  const none: Plugins = { before: [], after: [] };
  if (!random.chance(0.5)) return none;
  // What enhanced knows beside is for its own plugin.
  const context: OptionContext = { random, requests, extended: false, layers };
  const all = Array.from({ length: 1 + random.below(3) }, (_, number) => random.pick(KINDS)(context, number));
  const count = random.below(all.length + 1);
  return { before: all.slice(0, count), after: all.slice(count) };
}
