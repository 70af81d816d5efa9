/** The package that random programs depend on: values that only Node knows, and functions that act on what they are given. */

/** What the mysterious package gives in a run. */
export function mysteryOf(seed: number): Readonly<Record<string, unknown>> {
  const bit = (index: number): boolean => ((seed >> index) & 1) === 1;
  return {
    n0: bit(0) ? 3 : 0,
    n1: bit(1) ? 1 : 2,
    s0: bit(2) ? "react" : "a",
    s1: bit(3) ? "" : "b1",
    b0: bit(4),
    b1: bit(5),
    a0: bit(6) ? ["a", 2, "b1", "a", "react"] : [],
    o0: bit(7) ? { a: 5, zz: "z" } : { react: { b: 2 } },
    ...functionsOf(bit(4), bit(5)),
  };
}

/** Functions of the package: they call, keep and change what they are given, if they do anything. */
function functionsOf(acts: boolean, twice: boolean): Readonly<Record<string, unknown>> {
  let kept: readonly unknown[] = [];
  const use = (given: unknown, depth = 0): void => {
    if (depth > 3 || ((typeof given !== "object" || given === null) && typeof given !== "function")) return;
    if (typeof given === "function") {
      for (let times = twice ? 2 : 1; times > 0; times--) attempt(() => given("a", 2, {}));
      return;
    }
    for (const key of Object.keys(given)) {
      const member = (given as Record<string, unknown>)[key];
      if (typeof member === "function") attempt(() => member.call(given, "a", 2));
      else use(member, depth + 1);
    }
    const { prototype } = { prototype: Object.getPrototypeOf(given) as Record<string, unknown> };
    if (typeof prototype?.run === "function") attempt(() => (given as { run: () => void }).run());
  };
  const change = (given: unknown): unknown => {
    if (!acts) return given;
    if (Array.isArray(given)) given.push("changed");
    else if (hasMethod(given, "set")) given.set("changed", 1);
    else if (hasMethod(given, "add")) given.add("changed");
    else if (typeof given === "object" && given !== null)
      attempt(() => Object.assign(given, { a: "changed", z9: { deep: 1 } }));
    return given;
  };
  const call = (...given: readonly unknown[]): unknown => {
    kept = [...kept, ...given];
    if (acts) for (const one of given) use(one);
    return acts ? "called" : undefined;
  };
  const made = { change, call, keep: call, touch: () => kept.forEach(change) };
  return {
    call,
    change,
    run: () => {
      if (acts) for (const one of kept) use(one);
    },
    tag: (_texts: unknown, ...given: readonly unknown[]) => call(...given),
    // biome-ignore lint/suspicious/noThenProperty: a promise in the eyes of the program.
    later: (given: unknown) => ({ then: (handler: unknown) => call(given, handler) }),
    extend: (to: object, from: object) => (acts ? attempt(() => Object.assign(to, from)) : to),
    make: () => made,
  };
}

function hasMethod<K extends string>(given: unknown, name: K): given is Record<K, (...args: unknown[]) => void> {
  return typeof given === "object" && given !== null && typeof (given as Record<string, unknown>)[name] === "function";
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}
