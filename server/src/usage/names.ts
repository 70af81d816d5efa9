/** Names of exports by number, so that a pass over a build compares and keeps numbers instead of texts. */

/** The same for equal names, over all builds. */
export type NameNumber = number;

const numbers = new Map<string, NameNumber>();
const names: string[] = [];

export function numberOfName(name: string): NameNumber {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const number = names.length;
  numbers.set(name, number);
  names.push(name);
  return number;
}

export function nameOf(number: NameNumber): string {
  return names[number]!;
}
