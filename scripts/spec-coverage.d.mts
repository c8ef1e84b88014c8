export interface CoveredRule {
  readonly id: string;
  /** Driver models that must break it. */
  readonly failing: readonly string[];
  /** Their right twins. */
  readonly passing: readonly string[];
}
export interface Sentence {
  readonly id: string;
  readonly says: string;
  readonly rules: readonly CoveredRule[];
  /** File and title of the test that the simulated kernel keeps a promise. */
  readonly kept?: readonly [file: string, title: string];
}
export function coverage(): { readonly title: string; readonly sentences: readonly Sentence[] }[];
export function expectedPage(): string;
export function currentPage(): string;
