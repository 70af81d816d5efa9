/** A map from a key to the set of its values; a key without values does not exist. */
export class MultiMap<K, V> {
  readonly #sets = new Map<K, Set<V>>();

  add(key: K, value: V): boolean {
    const set = this.#sets.get(key);
    if (set === undefined) {
      this.#sets.set(key, new Set([value]));
      return true;
    }
    const before = set.size;
    set.add(value);
    return set.size !== before;
  }

  delete(key: K, value: V): boolean {
    const set = this.#sets.get(key);
    if (!set?.delete(value)) return false;
    if (set.size === 0) this.#sets.delete(key);
    return true;
  }

  values(key: K): ReadonlySet<V> {
    return this.#sets.get(key) ?? new Set();
  }

  has(key: K): boolean {
    return this.#sets.has(key);
  }

  keys(): IterableIterator<K> {
    return this.#sets.keys();
  }

  get size(): number {
    return this.#sets.size;
  }
}
