/** Consumers of one share key whose ranges no version satisfies together. */
import semver from "semver";
import type { Db } from "../vfs/vfs.ts";
import { canMeetById } from "./meeting.ts";
import type { ShareConsumer } from "./shareResolution.ts";

export interface DisjointPair {
  readonly left: ShareConsumer;
  readonly right: ShareConsumer;
}

/**
 * For singletons, the fewest consumers that stand against others: the one with most conflicts first, until the rest
 * agrees; only containers that can meet count. `left` is a consumer that `right` excludes.
 */
export function disjointRequirements(db: Db, consumers: readonly ShareConsumer[]): readonly DisjointPair[] {
  let rest = consumers.filter((consumer) => consumer.singleton && validRange(consumer.requiredVersion));
  const pairs: DisjointPair[] = [];
  for (;;) {
    const conflicts = rest.map((consumer) => rest.filter((other) => excludes(db, consumer, other)));
    const most = Math.max(0, ...conflicts.map((others) => others.length));
    if (most === 0) return pairs;
    const worst = conflicts.findLastIndex((others) => others.length === most);
    const right = rest[worst]!;
    pairs.push({ left: conflicts[worst]![0]!, right });
    rest = rest.filter(
      (consumer) => consumer.container !== right.container || consumer.requiredVersion !== right.requiredVersion,
    );
  }
}

function excludes(db: Db, left: ShareConsumer, right: ShareConsumer): boolean {
  if (left.container === right.container || intersects(left, right)) return false;
  return canMeetById(db, left.container, right.container);
}

function validRange(range: string | false | null): range is string {
  return typeof range === "string" && semver.validRange(range) !== null;
}

/** By both ranges: there are few, and as many pairs of consumers as containers squared. */
const known = new Map<string, boolean>();

function intersects(left: ShareConsumer, right: ShareConsumer): boolean {
  const ranges = [String(left.requiredVersion), String(right.requiredVersion)] as const;
  const key = ranges.join("\0");
  let answer = known.get(key);
  if (answer === undefined) {
    answer = semver.intersects(...ranges, { includePrerelease: true });
    known.set(key, answer);
  }
  return answer;
}
