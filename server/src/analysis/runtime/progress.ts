/** The initialisation of a scope: once a remote that it waits for has failed, it has failed for good. */
export class Progress {
  #failure: string | undefined;
  readonly #listeners: ((message: string) => void)[] = [];

  constructor(failure?: string) {
    this.#failure = failure;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  fail(message: string): void {
    if (this.#failure !== undefined) return;
    this.#failure = message;
    for (const listener of this.#listeners) listener(message);
  }

  whenFailed(listener: (message: string) => void): void {
    if (this.#failure !== undefined) listener(this.#failure);
    else this.#listeners.push(listener);
  }
}
