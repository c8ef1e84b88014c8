import { debugCommandContributions, debugMenus } from "./debugCommandList.ts";
import { toolContributions } from "./language-model/toolList.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { attachAttributes, launchAttributes } from "./launchSchema.ts";
import { lessonCommandContributions, viewsWelcome, walkthroughs } from "./lessons/lessonContributions.ts";
import { settingContributions } from "./settings.ts";
import {
  timelineCommandContributions,
  timelineContainers,
  timelineMenus,
  timelineViews,
} from "./timeline/timelineContributions.ts";
import { viewContributions } from "./views/viewList.ts";

/** Ids of the commands; `main.ts` registers each of them. */
export const commands = {
  newDriverModel: "netdev-lab.newDriverModel",
  debugDriverModel: "netdev-lab.debugDriverModel",
  runModel: "netdev-lab.runModel",
  exploreModel: "netdev-lab.exploreModel",
} as const;

/** One of VS Code's own variables, which it substitutes in launch.json. */
export function variable(name: string): string {
  return `\${${name}}`;
}

/** What a launch.json starts with, and what F5 uses when there is none. */
export function defaultConfiguration(program: string = variable("file")) {
  return { type: DEBUG_TYPE, request: "launch", name: "Debug Driver Model", program };
}

/**
 * The `contributes` block of package.json. That file stays plain JSON: a test compares the two, and writes the
 * block when it runs with UPDATE_MANIFEST=1.
 */
export const contributes = {
  breakpoints: [{ language: "typescript" }],
  commands: [
    { command: commands.newDriverModel, title: "New Driver Model", category: "Netdev Lab" },
    {
      command: commands.debugDriverModel,
      title: "Debug This Driver Model",
      category: "Netdev Lab",
      icon: "$(debug-alt)",
      enablement: "editorLangId == typescript",
    },
    {
      command: commands.runModel,
      title: "Run This Driver Model",
      category: "Netdev Lab",
      icon: "$(play)",
      enablement: "editorLangId == typescript && isWorkspaceTrusted",
    },
    {
      command: commands.exploreModel,
      title: "Explore Schedules of This Driver Model",
      category: "Netdev Lab",
      icon: "$(beaker)",
      enablement: "editorLangId == typescript && isWorkspaceTrusted",
    },
    ...debugCommandContributions,
    ...timelineCommandContributions,
    ...lessonCommandContributions,
  ],
  configuration: settingContributions,
  languageModelTools: toolContributions,
  walkthroughs,
  viewsWelcome,
  viewsContainers: timelineContainers,
  views: { ...viewContributions, ...timelineViews },
  menus: { ...debugMenus, ...timelineMenus },
  // A rule's page, opened from a problem, is to be read and not to be edited.
  configurationDefaults: {
    "workbench.editorAssociations": {
      "**/netdev-lab.netdev-lab-*/docs/rules/*.md": "vscode.markdown.preview.editor",
    },
  },
  debuggers: [
    {
      type: DEBUG_TYPE,
      label: "Netdev Lab",
      languages: ["typescript"],
      configurationAttributes: {
        launch: { required: ["program"], properties: launchAttributes },
        attach: { required: ["schedule"], properties: attachAttributes },
      },
      initialConfigurations: [defaultConfiguration()],
      configurationSnippets: [
        snippet(
          "Debug Driver Model",
          "Debug the driver model in the active editor under the workload smoke.",
          {},
        ),
        snippet(
          "Debug Driver Model under a Workload",
          "Debug a driver model under a workload of your choice.",
          {
            workload: verbatim("1|smoke,flood-tx,updown,reload,stats,threads|"),
            cpus: 2,
            seed: 1,
          },
        ),
        snippet("Debug Driver Model with Faults", "Debug a driver model while allocations fail.", {
          faults: { skb: "every:5", kmalloc: "nth:1" },
        }),
      ],
    },
  ],
};

function snippet(label: string, description: string, more: Record<string, unknown>) {
  const body = { ...defaultConfiguration(), name: label, program: verbatim("file", "\\"), ...more };
  return { label: `Netdev Lab: ${label}`, description, body };
}

/** A string in a snippet: `^"` tells VS Code to take the rest as it stands, variables included. */
function verbatim(name: string, prefix = ""): string {
  return `^"${prefix}${variable(name)}"`;
}
