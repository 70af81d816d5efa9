/**
 * Runs a job of the core in slices, so that messages are answered between them. A slice ends after a few milliseconds;
 * a job whose revision is gone is dropped, and what it has computed stays.
 */
import type { CancellationToken } from "vscode-languageserver";

const SLICE = 8;

/** Milliseconds of the longest slice so far. */
let longest = 0;

export function longestBlock(): number {
  return Math.round(longest);
}

/** Measures a stretch of work that nothing can interrupt. */
export function measured<T>(work: () => T): T {
  const start = performance.now();
  try {
    return work();
  } finally {
    longest = Math.max(longest, performance.now() - start);
  }
}

export interface Job {
  stop(): void;
}

/** `onStep` hears of each yielded value at the end of a slice; `onEnd` is called only when the job ran to its end. */
export function runJob<T>(
  steps: Iterator<T, void>,
  onStep: (value: T) => void,
  onEnd: () => void,
  onError: (error: unknown) => void,
): Job {
  let stopped = false;
  const slice = (): void => {
    if (stopped) return;
    const start = performance.now();
    let last: IteratorResult<T, void>;
    try {
      last = measured(() => {
        let step = steps.next();
        while (!step.done && performance.now() - start < SLICE) step = steps.next();
        return step;
      });
    } catch (error) {
      onError(error);
      return;
    }
    if (last.done) onEnd();
    else {
      onStep(last.value);
      setImmediate(slice);
    }
  };
  setImmediate(slice);
  return {
    stop() {
      stopped = true;
    },
  };
}

/** Runs a job for a request. Resolves to whether it came to its end: a cancelled one does not. */
export function jobEnd(steps: Iterator<void, void>, token: CancellationToken): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const job = runJob(
      steps,
      () => {},
      () => resolve(true),
      reject,
    );
    token.onCancellationRequested(() => {
      job.stop();
      resolve(false);
    });
  });
}
