/** Consumers of one share key whose ranges no version satisfies together. */
import semver from "semver";
import type { ShareConsumer } from "./shareResolution.ts";

export interface DisjointPair {
  readonly left: ShareConsumer;
  readonly right: ShareConsumer;
}

/** For singletons: each consumer that excludes what an earlier one, in another container, requires. */
export function disjointRequirements(consumers: readonly ShareConsumer[]): readonly DisjointPair[] {
  const singletons = consumers.filter((consumer) => consumer.singleton && validRange(consumer.requiredVersion));
  const pairs: DisjointPair[] = [];
  const reported = new Set<string>();
  for (const [index, right] of singletons.entries()) {
    const left = singletons
      .slice(0, index)
      .find((other) => other.container !== right.container && !intersects(other, right));
    if (left === undefined || reported.has(`${right.container} ${right.requiredVersion}`)) continue;
    reported.add(`${right.container} ${right.requiredVersion}`);
    pairs.push({ left, right });
  }
  return pairs;
}

function validRange(range: string | false | null): range is string {
  return typeof range === "string" && semver.validRange(range) !== null;
}

function intersects(left: ShareConsumer, right: ShareConsumer): boolean {
  return semver.intersects(String(left.requiredVersion), String(right.requiredVersion), { includePrerelease: true });
}
