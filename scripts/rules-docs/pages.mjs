// From the rule catalogue to Markdown: one page a rule, and an index.

const HOW = { static: "static analysis", run: "one ordinary run", explore: "a particular interleaving" };

/**
 * @param {readonly import("../../sim/rules/rule.ts").Rule[]} rules
 * @param {Readonly<Record<string, string>>} families
 * @returns {Map<string, string>} text of each page by file name
 */
export function rulePages(rules, families) {
  const pages = new Map([["README.md", indexPage(rules, families)]]);
  for (const rule of rules) pages.set(`${rule.id}.md`, rulePage(rule, rules, families));
  return pages;
}

function indexPage(rules, families) {
  const lines = [
    "# The rules",
    "",
    `${rules.length} rules, each with its condition, its source, and a wrong and a right example. Generated from`,
    "`sim/rules` by `node scripts/rules-docs.mjs`.",
  ];
  for (const [family, title] of Object.entries(families)) {
    const members = rules.filter((rule) => rule.family === family);
    if (members.length === 0) continue;
    lines.push("", `## ${title}`, "", "| rule | says | severity |", "|---|---|---|");
    for (const rule of members)
      lines.push(`| [${rule.id}](${rule.id}.md) | ${cell(rule.statement)} | ${rule.severity} |`);
  }
  return `${lines.join("\n")}\n`;
}

function rulePage(rule, rules, families) {
  const known = new Set(rules.map((other) => other.id));
  const link = (id) => (known.has(id) ? `[${id}](${id}.md)` : `\`${id}\``);
  const lines = [
    `# ${rule.id}: ${rule.title}`,
    "",
    rule.statement,
    "",
    "| | |",
    "|---|---|",
    `| severity | ${rule.severity} |`,
    `| family | ${families[rule.family]} |`,
    `| broken when | ${cell(rule.condition)} |`,
    `| seen by | ${rule.detectedBy.map((how) => HOW[how]).join(", ")} |`,
    `| source | ${cell(rule.source)} |`,
    `| the kernel says | ${rule.kernelMessage === null ? "nothing" : code(rule.kernelMessage)} |`,
  ];
  if (rule.specialises?.length)
    lines.push(`| a special case of | ${rule.specialises.map(link).join(", ")} |`);
  const cases = rules.filter((other) => other.specialises?.includes(rule.id));
  if (cases.length > 0) lines.push(`| special cases | ${cases.map((other) => link(other.id)).join(", ")} |`);
  lines.push("", "## Wrong", "", "```ts", rule.wrong, "```", "", "## Right", "", "```ts", rule.right, "```");
  lines.push("", "## How to fix", "", rule.fix);
  return `${lines.join("\n")}\n`;
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}

function code(text) {
  return `\`${text.replaceAll("|", "\\|").replaceAll("\n", " ")}\``;
}
