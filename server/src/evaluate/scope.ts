/** Variables in scope. A binding is a value or, for imports, a way to get one when it is first used. */
import type { Value } from "./value.ts";

export interface Binding {
  value: Value | undefined;
  /** Called when `value` is still missing: imports and other things that are evaluated on demand. */
  load?: () => Value;
  readonly constant: boolean;
  /** `let`, `const` and `class` before their statement has run. */
  uninitialized?: boolean;
}

export class Scope {
  readonly bindings = new Map<string, Binding>();
  readonly parent: Scope | undefined;
  readonly module: import("./module.ts").ModuleRecord;
  readonly born: number;
  /** A function's own scope, where `var` and `arguments` live. */
  readonly isFunction: boolean;
  thisValue: Value | undefined = undefined;
  homeObject: import("./value.ts").ObjectValue | undefined = undefined;
  /** The list of what a generator function has yielded so far. */
  yielded: import("./value.ts").ObjectValue | undefined = undefined;
  /** Of an async function that nobody waits for: what follows its first `await` runs later than the code after its call. */
  isDetached = false;

  constructor(
    parent: Scope | undefined,
    module: import("./module.ts").ModuleRecord,
    born: number,
    isFunction: boolean,
  ) {
    this.parent = parent;
    this.module = module;
    this.born = born;
    this.isFunction = isFunction;
  }

  /** The scope that declares the name, and its binding. */
  find(name: string): { readonly scope: Scope; readonly binding: Binding } | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.bindings.get(name);
      if (binding !== undefined) return { scope, binding };
    }
    return undefined;
  }

  functionScope(): Scope {
    let scope: Scope = this;
    while (!scope.isFunction && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }
}
