import { Lexer, Marked } from "marked";

const TEXT = `# Title *em* & <b>html</b>\n\n1. one\n2. two\n   - nested \`code\`\n\n> quote **strong**\n> more\n\n| a | b |\n|---|:-:|\n| 1 | [x](http://e.x "t") |\n\n\`\`\`ts\nlet x = 1 < 2;\n\`\`\`\n\n---\nend<br>![i](u) ~~del~~\n\nref [r]\n\n[r]: /u\n`;

export function main(log: Log, small: boolean): unknown {
  if (small) return new Marked().parse("a *b* `c`");
  const custom = new Marked({ gfm: true, breaks: true });
  custom.use({
    renderer: { heading: ({ text, depth }) => `<h${depth} id="${text.length}">${text}</h${depth}>\n` },
    walkTokens: (token) => log(token.type),
  });
  return [
    custom.parse(TEXT),
    Lexer.lex("- a\n- b\n\npara").map((t) => t.type),
    new Marked().parseInline("a *b* <script>"),
  ];
}
