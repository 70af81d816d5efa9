/** TypeScript's `import x = a.b`: a variable, which a compile leaves out where nothing takes its value. */
import { ts } from "../parse.ts";
import { hasModifier, isErased } from "./erased.ts";
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
    const isExported = hasModifier(node, ts.SyntaxKind.ExportKeyword);
    if (isExported || binding === undefined || isNamedBefore(node)) this.#take(node.moduleReference);
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

  /** Code that never runs: a compile keeps what it names. */
  mention(code: ts.Node): void {
    this.#names.markMentioned(code);
    this.#seeAll(code);
  }

  #seeAll(code: ts.Node): void {
    if (this.#waiting.size === 0 || isErased(code)) return;
    if (ts.isIdentifier(code)) this.see(code);
    ts.forEachChild(code, (child) => this.#seeAll(child));
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

/** Code before the declaration may take its value when it runs later. */
function isNamedBefore({ name, pos }: ts.ImportEqualsDeclaration): boolean {
  const before = name.getSourceFile().text.slice(0, pos);
  return new RegExp(`(?<![\\w$])${name.text.replace(/\$/g, "\\$&")}(?![\\w$])`).test(before);
}
