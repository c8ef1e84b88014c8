/** Log messages with `{expression}` parts, as `[text, expression, text, …]`. */
import { UserError } from "../errors.ts";

export type LogPart = { readonly text: string } | { readonly expression: string };

/** Splits a message; braces nest inside expressions, `\{` and `\}` are the characters. */
export function parseLogMessage(message: string): LogPart[] {
  const parts: LogPart[] = [];
  let text = "";
  for (let i = 0; i < message.length; i++) {
    const c = message[i]!;
    if (c === "\\" && (message[i + 1] === "{" || message[i + 1] === "}")) {
      text += message[++i];
    } else if (c === "{") {
      const end = closingBrace(message, i);
      if (end < 0) throw new UserError(`the log message has a { without a }: "${message}"`);
      if (text !== "") parts.push({ text });
      text = "";
      parts.push({ expression: message.slice(i + 1, end) });
      i = end;
    } else {
      text += c;
    }
  }
  if (text !== "") parts.push({ text });
  return parts;
}

/** Index of the `}` that belongs to the `{` at `open`, or -1; strings inside the expression are skipped. */
function closingBrace(message: string, open: number): number {
  let depth = 0;
  let quote = "";
  for (let i = open; i < message.length; i++) {
    const c = message[i]!;
    if (quote !== "") {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === '"' || c === "'" || c === "`") quote = c;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i;
  }
  return -1;
}
