/** How many of something there are, in words. */

/** `1 file`, `3 files`; `many` for a noun that takes no `s`. */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}
