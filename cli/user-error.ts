/** The request is wrong: one clear message on stderr, exit code 2. */
export class UserError extends Error {}

export const EXIT = { clean: 0, violations: 1, usage: 2, internal: 3 } as const;
