/** One value of a query or input, with what it was computed from and what was computed from it. */

/** Must be loaded or computed before it is read, whatever its dependencies say. */
export const STALE = 1;
/** The value of an input was dropped to save memory; loading it again does not change it. */
export const DROPPED = 2;
export const RUNNING = 4;

/** There is one for nearly every file in several tables: small by intent. */
export class Memo {
  /** A `Query` or an `Input`; its types are known where it is asked for. */
  readonly ingredient: { readonly kind: "query" | "input"; readonly name: string };
  readonly key: string;
  value: unknown = undefined;
  /** The revision in which the value last became another one; 0 while there is none. */
  changedAt = 0;
  /** The revision in which the value was last known to be right. */
  verifiedAt = 0;
  flags = STALE;
  dependencies: readonly Memo[] = NO_MEMOS;
  /** One alone stands by itself, which is the usual case; some are a list. */
  dependents: Memo | Memo[] | Set<Memo> | undefined = undefined;
  /** Dependencies that may have changed since `verifiedAt`; present exactly while the memo is suspect. */
  suspects: Memo[] | undefined = undefined;

  constructor(ingredient: Memo["ingredient"], key: string) {
    this.ingredient = ingredient;
    this.key = key;
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  addDependent(dependent: Memo): void {
    const { dependents } = this;
    if (dependents === undefined) this.dependents = dependent;
    else if (dependents instanceof Set) dependents.add(dependent);
    else if (dependents instanceof Memo) {
      if (dependents !== dependent) this.dependents = [dependents, dependent];
    } else if (!dependents.includes(dependent)) {
      // A copy takes no more room than it needs.
      if (dependents.length < SHORT) this.dependents = [...dependents, dependent];
      else if (dependents.length < MANY) dependents.push(dependent);
      else this.dependents = new Set(dependents).add(dependent);
    }
  }

  removeDependent(dependent: Memo): void {
    const { dependents } = this;
    if (dependents instanceof Set) dependents.delete(dependent);
    else if (dependents === dependent) this.dependents = undefined;
    else if (dependents !== undefined && !(dependents instanceof Memo))
      this.dependents = dependents.filter((other) => other !== dependent);
  }
}

const NO_MEMOS: readonly Memo[] = [];

/** Up to here a list is searched faster than a set is made. */
export const SHORT = 8;

/** Up to here a list takes little enough time, and a third of a set's room. */
const MANY = 100;
