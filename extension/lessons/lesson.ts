/** A lesson is an exhibit of the museum: a driver with a bug that Linux had, without the comments that give it away. */

export interface Lesson {
  /** Folder of the exhibit. */
  readonly id: string;
  /** The driver and its year: `fec, 2009`; or what kind of trap it is. */
  readonly driver: string;
  readonly title: string;
  /** What happened, without how it was mended. */
  readonly story: string;
  /** How Linux mended it. */
  readonly mended: string;
}

/** An exhibit about a false alarm: nothing is to be mended in it. */
const CORRECT = /^\/\/ @expect none$/m;
const HEADER = /^\/\*\n([\s\S]*?)\n? \*\/\n/;

/**
 * Reads the first comments of an exhibit and of its mended twin: `driver, year: title` (or `kind: title`), an empty line, the story, which
 * may end with `Mended …`; and `driver, year, mended: how`. Null if it is no lesson: there is no such story, or no bug.
 */
export function readLesson(id: string, buggy: string, fixed: string): Lesson | null {
  const [told, how] = [header(buggy), header(fixed)];
  if (told === null || how === null || CORRECT.test(buggy)) return null;
  const [heading = "", ...paragraphs] = told.split(/\n\n/);
  const named = /^(.+?\d{4}[^:]*|[^:]+): ([\s\S]+)$/.exec(oneLine(heading));
  if (named === null) return null;
  const story = paragraphs.join("\n\n").replace(/(?<=^|\n|\. )Mended [\s\S]*$/, "");
  const mended = sentence(oneLine(how).replace(/^[^:]*: /, ""));
  return { id, driver: named[1]!, title: sentence(named[2]!), story: story.trim(), mended };
}

function header(text: string): string | null {
  return HEADER.exec(text)?.[1]?.replace(/^ \* ?/gm, "") ?? null;
}

/** The exhibit as a task: what the header and the mark at the line would tell is left out. */
export function lessonModel({ driver, title }: Lesson, text: string): string {
  const marked = text
    .replace(HEADER, `/*\n * ${driver}: ${title}\n */\n`)
    .replace(/^\/\/ @expect .*$/m, "// @expect none");
  return marked.replace(/[ \t]*(?:\/\/ BUG\b.*$|\/\* BUG\b[^\n]*?\*\/)/gm, "");
}

/** What stands beside the driver, to be read. */
export function lessonPage({ driver, title, story, mended }: Lesson, file: string): string {
  return `# ${driver}

**${title}**

${story}

## What to do

1. Open \`${file}\` and choose *Debug* above \`module_init\` (or F5, if no launch.json says otherwise). If the run goes through, choose
   *Explore schedules*.
2. Where the debugger stops, look at **CPUs and Locks**, and go back in time: *Step Back*, or a click in the **Timeline**.
3. Mend the driver. *Run This Driver Model* says nothing when it is right.
4. *Compare This Lesson with Its Fix* shows how Linux did it.

<details><summary>How it was mended</summary>

${mended}

</details>
`;
}

/** Paths, relative to a file, of what it needs: imports, and the workload that its \`@lab\` line names. */
export function neededFiles(text: string): string[] {
  const imports = [...text.matchAll(/\bfrom\s*["'](\.{1,2}\/[^"']+)["']/g)].map((match) => match[1]!);
  const workload = /^\/\/ @lab .*\bworkload=(\S+\.ts)\b/m.exec(text)?.[1];
  return workload === undefined ? imports : [...imports, workload];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}`;
}
