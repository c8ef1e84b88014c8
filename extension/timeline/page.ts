/** The page of the timeline: loads its script and style, and nothing else. */
import type { TimelineStrings } from "./strings.ts";

export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Sources that the page's policy lets it load from. */
  readonly source: string;
  readonly nonce: string;
  readonly language: string;
  readonly strings: TimelineStrings;
}

export function timelinePage({ script, style, source, nonce, language, strings }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<link rel="stylesheet" href="${attribute(style)}">
<title>${attribute(strings.toolbar)}</title>
</head>
<body data-strings="${attribute(JSON.stringify(strings))}">
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    '"': "&quot;",
    "<": "&lt;",
    ">": "&gt;",
  };
  return text.replace(/[&"<>]/g, (char) => entities[char] ?? char);
}
