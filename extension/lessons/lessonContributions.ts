/** Lessons, the walkthrough, and what empty views propose, as package.json contributes them. */
import { timelineCommands } from "../timeline/timelineContributions.ts";

export const lessonCommands = {
  open: { id: "netdev-lab.openLesson", title: "Open a Lesson…" },
  compare: { id: "netdev-lab.compareLesson", title: "Compare This Lesson with Its Fix" },
} as const;

export const lessonCommandContributions = Object.values(lessonCommands).map(({ id, title }) => ({
  command: id,
  title,
  category: "Netdev Lab",
}));

/** The bug that the walkthrough finds and mends. */
export const FIRST_LESSON = "B5-fec-lock-recursion";

const link = (title: string, command: string, ...args: unknown[]): string =>
  `[${title}](command:${command}${args.length === 0 ? "" : `?${encodeURIComponent(JSON.stringify(args))}`})`;

const step = (id: string, title: string, description: string, completionEvents: readonly string[]) => ({
  id,
  title,
  description,
  media: { markdown: `docs/walkthrough/${id}.md` },
  completionEvents,
});

export const walkthroughs = [
  {
    id: "firstBug",
    title: "Find and Mend a Bug That Linux Had",
    description: "A deadlock of the fec driver, from the first stop to the fix, in five minutes.",
    steps: [
      step(
        "open",
        "Open the driver",
        `The Ethernet driver of 2009 is a lesson: a driver model with the bug that Linux had.\n${link("Open the Lesson", lessonCommands.open.id, FIRST_LESSON)}`,
        [`onCommand:${lessonCommands.open.id}`],
      ),
      step(
        "debug",
        "Press F5",
        `The kernel, its workload and two CPUs are simulated; nothing else is needed.\n${link("Debug This Driver Model", "netdev-lab.debugDriverModel")}\nThe debugger stops where a rule is broken.`,
        ["onCommand:netdev-lab.debugDriverModel", "onContext:debugType == 'netdev-lab'"],
      ),
      step(
        "look",
        "See who holds what",
        `**CPUs and Locks** shows the lock that CPU 0 holds, and where it was taken: the handler takes it again. The timeline shows how it came about; a click in it goes back there.\n${link("Show Timeline", timelineCommands.show.id)}`,
        [`onCommand:${timelineCommands.show.id}`, "onView:netdev-lab.cpusAndLocks"],
      ),
      step(
        "mend",
        "Mend it",
        `The callback runs with \`mii_lock\` held, and \`mii_queue()\` takes it again. Next to it stands a function for callers that hold the lock.\n${link("Compare with the Fix of Linux", lessonCommands.compare.id)}`,
        [`onCommand:${lessonCommands.compare.id}`],
      ),
      step(
        "prove",
        "Prove it",
        `A run that finds nothing is silent; a search tries other schedules.\n${link("Run This Driver Model", "netdev-lab.runModel")}\n${link("Explore Schedules", "netdev-lab.exploreModel")}`,
        ["onCommand:netdev-lab.runModel", "onCommand:netdev-lab.exploreModel"],
      ),
    ],
  },
];

const START = [
  link("New Driver Model", "netdev-lab.newDriverModel"),
  link("Open a Lesson", lessonCommands.open.id),
].join("\n");

export const viewsWelcome = [
  { view: "explorer", contents: `Linux network drivers, debugged without a kernel:\n${START}` },
  { view: "debug", contents: `Debug a Linux network driver as a model:\n${START}` },
  { view: "testing", contents: `Driver models are tests.\n${START}` },
];
