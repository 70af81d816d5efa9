/**
 * What is used of the modules of a build while a pass over it finds out: one table for all of them, which holds numbers
 * only. Nearly all that is used is a name and nothing below it.
 */
import { isSameList } from "../base/equals.ts";
import type { ModuleNumber } from "./buildLayout.ts";
import { type NameNumber, nameOf, numberOfName } from "./names.ts";
import type { Reference } from "./usesByRequest.ts";

/** Bits of what is said of a module as a whole. */
const Demanded = {
  /** It is in the build. */
  Reached: 1,
  /** All its exports are used, in ways that are not known. */
  All: 2,
  /** The build hands it out as it is. */
  Exposed: 4,
} as const;

/** Of a power of two places. */
const FIRST_SIZE = 4096;

export class Demands {
  readonly #states: Uint8Array;
  /** By module, how many names are used. */
  readonly #counts: Int32Array;
  /** By module, the newest of its entries; 0 for none. */
  readonly #newest: Int32Array;
  /** Modules and names of the entries, and the entry of the same module before; the entry 0 is none. */
  #modules = new Int32Array(FIRST_SIZE);
  #names = new Int32Array(FIRST_SIZE);
  #older = new Int32Array(FIRST_SIZE);
  #size = 1;
  /** Entries by hash, half of it empty. */
  #table = new Int32Array(2 * FIRST_SIZE);
  /** Of names below which a path leads further: all paths that begin with them. */
  readonly #below = new Map<ModuleNumber, Map<NameNumber, Reference[]>>();

  constructor(modules: number) {
    this.#states = new Uint8Array(modules);
    this.#counts = new Int32Array(modules);
    this.#newest = new Int32Array(modules);
  }

  isReached(module: ModuleNumber): boolean {
    return this.#states[module] !== 0;
  }

  /** False where it was reached before. */
  reach(module: ModuleNumber): boolean {
    if (this.#states[module] !== 0) return false;
    this.#states[module] = Demanded.Reached;
    return true;
  }

  isAll(module: ModuleNumber): boolean {
    return (this.#states[module]! & Demanded.All) !== 0;
  }

  /** False where all was used before. */
  setAll(module: ModuleNumber): boolean {
    if (this.isAll(module)) return false;
    this.#states[module]! |= Demanded.All;
    return true;
  }

  isExposed(module: ModuleNumber): boolean {
    return (this.#states[module]! & Demanded.Exposed) !== 0;
  }

  setExposed(module: ModuleNumber): void {
    this.#states[module]! |= Demanded.Exposed;
  }

  has(module: ModuleNumber, name: NameNumber): boolean {
    return this.#find(module, name) !== 0;
  }

  /** How many names are used. */
  countOf(module: ModuleNumber): number {
    return this.#counts[module]!;
  }

  /** The names that are used, or that paths begin with, the newest first. */
  numbersOf(module: ModuleNumber): NameNumber[] {
    const found: NameNumber[] = [];
    for (let entry = this.#newest[module]!; entry !== 0; entry = this.#older[entry]!) found.push(this.#names[entry]!);
    return found;
  }

  /** The same as texts. */
  namesOf(module: ModuleNumber): string[] {
    return this.numbersOf(module).map(nameOf);
  }

  /** The paths that are used and begin with a name; none where it is not used. */
  pathsOf(module: ModuleNumber, name: string): readonly Reference[] | undefined {
    const number = numberOfName(name);
    return this.#below.get(module)?.get(number) ?? (this.has(module, number) ? [[name]] : undefined);
  }

  /** All paths; unsorted. */
  allPathsOf(module: ModuleNumber): readonly Reference[] {
    return this.namesOf(module).flatMap((name) => this.pathsOf(module, name) ?? []);
  }

  /** Some path has several members. */
  isDeep(module: ModuleNumber): boolean {
    return this.#below.has(module);
  }

  /** A name, with nothing below it; false where it was used before. */
  add(module: ModuleNumber, name: NameNumber): boolean {
    const paths = this.#below.size === 0 ? undefined : this.#below.get(module)?.get(name);
    if (paths === undefined) return this.#insert(module, name);
    if (paths.some((path) => path.length === 1)) return false;
    paths.push([nameOf(name)]);
    return true;
  }

  /** A path of several members; false where it was used before. */
  addPath(module: ModuleNumber, path: Reference): boolean {
    const name = numberOfName(path[0]!);
    const ofModule = this.#below.get(module) ?? new Map<NameNumber, Reference[]>();
    this.#below.set(module, ofModule);
    const isNew = this.#insert(module, name);
    const paths = ofModule.get(name) ?? (isNew ? [] : [[path[0]!]]);
    ofModule.set(name, paths);
    if (paths.some((known) => isSameList(known, path))) return false;
    paths.push(path);
    return true;
  }

  #insert(module: ModuleNumber, name: NameNumber): boolean {
    if (this.#find(module, name) !== 0) return false;
    if (this.#size === this.#names.length) this.#grow();
    const entry = this.#size++;
    this.#modules[entry] = module;
    this.#names[entry] = name;
    this.#older[entry] = this.#newest[module]!;
    this.#newest[module] = entry;
    this.#counts[module]!++;
    this.#place(entry);
    return true;
  }

  #find(module: ModuleNumber, name: NameNumber): number {
    const table = this.#table;
    const mask = table.length - 1;
    let at = hashOf(module, name) & mask;
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (this.#names[entry] === name && this.#modules[entry] === module) return entry;
      at = (at + 1) & mask;
    }
    return 0;
  }

  #place(entry: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let at = hashOf(this.#modules[entry]!, this.#names[entry]!) & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = entry;
  }

  #grow(): void {
    const size = this.#names.length * 2;
    this.#modules = enlarged(this.#modules, size);
    this.#names = enlarged(this.#names, size);
    this.#older = enlarged(this.#older, size);
    this.#table = new Int32Array(2 * size);
    for (let entry = 1; entry < this.#size; entry++) this.#place(entry);
  }
}

function hashOf(module: ModuleNumber, name: NameNumber): number {
  const mixed = Math.imul(module, 0x9e37_79b1) ^ Math.imul(name, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 15);
}

function enlarged(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}
