/**
 * Words for the user, in the language of the editor. `everywhere.ts` installs VS Code's translation; code and tests without VS Code
 * get English. Every text is a literal here in the sources: a test compares them with l10n/bundle.l10n.*.json.
 */
export type Value = string | number;
type Translate = (text: string, ...values: Value[]) => string;

let translate: Translate = fill;

export function useTranslation(installed: Translate): void {
  translate = installed;
}

/** The text in the editor's language, with values for `{0}`, `{1}` … */
export function t(text: string, ...values: Value[]): string {
  return translate(text, ...values);
}

export function fill(text: string, ...values: readonly Value[]): string {
  return text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)] ?? ""));
}
