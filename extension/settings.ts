/** The settings `netdev-lab.*`: this list is what package.json contributes, what docs/settings.md shows, and what is read. */

interface Setting<Value> {
  readonly type: "boolean" | "integer";
  readonly default: Value;
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export const settings = {
  checkWhileTyping: {
    type: "boolean",
    default: true,
    description: "Check driver models while you type: rules, hints and quick fixes, without running them.",
  } satisfies Setting<boolean>,
  cpuCursors: {
    type: "boolean",
    default: true,
    description:
      "While the debugger stands, show in the editor where every CPU is, not only the one in focus.",
  } satisfies Setting<boolean>,
  exploreSeconds: {
    type: "integer",
    default: 20,
    minimum: 1,
    maximum: 3600,
    description: "How long a search for schedules that break a rule may take, for each driver model.",
  } satisfies Setting<number>,
} as const;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]["default"] extends boolean
  ? boolean
  : number;

export const SETTINGS_SECTION = "netdev-lab";

export const settingContributions = {
  title: "Netdev Lab",
  properties: Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [`${SETTINGS_SECTION}.${name}`, setting]),
  ),
};

/** The page docs/settings.md. */
export function settingsPage(): string {
  const rows = Object.entries(settings as Record<string, Setting<unknown>>).map(
    ([name, { description, default: value }]) =>
      `| \`${SETTINGS_SECTION}.${name}\` | \`${String(value)}\` | ${description} |`,
  );
  return `# Settings

Of the extension for VS Code. What a single run is like is set in its launch configuration (README, *Settings of a launch*).

| setting | default | does |
|---|---|---|
${rows.join("\n")}
`;
}
