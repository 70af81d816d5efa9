/** TypeScript's `import x = a.b`: a variable, which a compile leaves out where nothing takes its value. */
import { ts } from "../parse.ts";
import { hasModifier } from "./erased.ts";
import type { ModuleNames } from "./moduleNames.ts";
import type { NotedUses } from "./noted.ts";
import type { Binding } from "./scopes.ts";

export class EntityUses {
  readonly #names: ModuleNames;
  readonly #noted: NotedUses;
  /** Those whose value nothing has taken yet. */
  readonly #waiting = new Map<Binding, ts.EntityName>();

  constructor(names: ModuleNames, noted: NotedUses) {
    this.#names = names;
    this.#noted = noted;
  }

  visit(node: ts.ImportEqualsDeclaration): void {
    const request = this.#names.requestOf(node);
    if (request !== undefined) this.#noted.add({ request, kind: "require" }, [], {});
    if (request !== undefined || ts.isExternalModuleReference(node.moduleReference) || node.isTypeOnly) return;
    const binding = this.#names.bindingOf(node.name);
    if (hasModifier(node, ts.SyntaxKind.ExportKeyword) || binding === undefined) this.#take(node.moduleReference);
    else this.#waiting.set(binding, node.moduleReference);
  }

  /** A name whose value is taken. */
  see(name: ts.Identifier): void {
    const binding = this.#waiting.size === 0 ? undefined : this.#names.bindingOf(name);
    const entity = binding === undefined ? undefined : this.#waiting.get(binding);
    if (binding === undefined || entity === undefined) return;
    this.#waiting.delete(binding);
    this.#take(entity);
  }

  /** As the variable's statement does, which runs with the module. */
  #take(entity: ts.EntityName): void {
    const members: string[] = [];
    let root = entity;
    for (; ts.isQualifiedName(root); root = root.left) members.unshift(root.right.text);
    const { holder, guards } = this.#noted;
    this.#noted.holder = undefined;
    this.#noted.guards = [];
    const bound = this.#names.boundOf(root);
    if (bound !== undefined) this.#noted.take(bound, members, { direct: members.length === 0 });
    else {
      this.see(root);
      this.#names.reference(root, undefined);
    }
    this.#noted.holder = holder;
    this.#noted.guards = guards;
  }
}
