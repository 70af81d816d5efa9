/** What happens later on a page, in the order of time; at the same time, in the order in which it was asked for. */
interface Event {
  readonly at: number;
  readonly run: () => void;
}

export class Waiting {
  #now = 0;
  #events: Event[] = [];

  add(delay: number, run: () => void): void {
    const at = this.#now + delay;
    const later = this.#events.findIndex((event) => event.at > at);
    this.#events.splice(later < 0 ? this.#events.length : later, 0, { at, run });
  }

  /** Lets everything happen, also what is added meanwhile. */
  settle(): void {
    for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
      this.#now = event.at;
      event.run();
    }
  }
}
