/**
 * "Can't happen" cases are recorded, not thrown: a language server must go on. Tests turn them into failures.
 */
export interface NeverRecord {
  readonly message: string;
  count: number;
}

const records = new Map<string, NeverRecord>();
let strict = false;
let listener: ((message: string) => void) | undefined;

/** In tests: throw instead of recording. */
export function setStrictAssertions(value: boolean): void {
  strict = value;
}

/** Called once for each distinct message. */
export function onNever(callback: (message: string) => void): void {
  listener = callback;
}

/** Records that something believed impossible has happened. */
export function never(message: string, error?: unknown): void {
  const text = error instanceof Error ? `${message}: ${error.stack ?? error.message}` : message;
  if (strict) throw new Error(text);
  const record = records.get(message);
  if (record !== undefined) {
    record.count++;
    return;
  }
  records.set(message, { message: text, count: 1 });
  listener?.(text);
}

export function neverRecords(): readonly NeverRecord[] {
  return [...records.values()];
}
