/** Work in steps, for whoever does not need its pauses. */

/** The outcome of all steps, done one after the other. */
export function atOnce<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
