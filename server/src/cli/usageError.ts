/** Wrong usage: ends the process with code 2 and its message alone. */
export class UsageError extends Error {}
