export interface ApiEntry {
  readonly name: string;
  readonly file: string;
  readonly headers: readonly string[];
  readonly isType: boolean;
  readonly noEffect: string | null;
  readonly status: { readonly kind: "type" | "tested" | "no-effect" | "missing"; readonly text: string };
}
export function apiStatus(): ApiEntry[];
export function expectedPage(): string;
export function currentPage(): string;
