/** The timeline's panel and commands, as package.json contributes them. */
import { DEBUG_TYPE } from "../launchConfig.ts";

export const timelineView = { id: "netdev-lab.timeline", container: "netdev-lab-timeline" } as const;

export const timelineCommands = {
  show: { id: "netdev-lab.showTimeline", title: "Show Timeline", icon: "graph-line" },
  exportTrace: { id: "netdev-lab.exportTrace", title: "Export Timeline as Chrome Trace…", icon: "export" },
  exportImage: {
    id: "netdev-lab.exportTimelineImage",
    title: "Export Timeline as Image…",
    icon: "device-camera",
  },
} as const;

const WHEN = `debugType == '${DEBUG_TYPE}'`;

export const timelineContainers = {
  panel: [{ id: timelineView.container, title: "Netdev Lab Timeline", icon: "$(graph-line)" }],
};

export const timelineViews = {
  [timelineView.container]: [{ type: "webview", id: timelineView.id, name: "Timeline", when: WHEN }],
};

export const timelineCommandContributions = Object.values(timelineCommands).map(({ id, title, icon }) => ({
  command: id,
  title,
  category: "Netdev Lab",
  icon: `$(${icon})`,
  enablement: WHEN,
}));

export const timelineMenus = {
  "view/title": [timelineCommands.exportTrace, timelineCommands.exportImage].map(({ id }, i) => ({
    command: id,
    when: `view == ${timelineView.id} && ${WHEN}`,
    group: `navigation@${i + 1}`,
  })),
};
