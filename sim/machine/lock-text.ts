/** What the author calls a lock, from the text of the call that initialises it, written as lockdep prints it. */

/** Functions that initialise the lock that they are given, and those that make an initialised one. */
const INITIALISES = /\b(?:spin_lock_init|rwlock_init|mutex_init|sema_init|init_MUTEX(?:_LOCKED)?)\s*\(/;
const DECLARED = /\b(?:const|let|var|static|readonly)\s+([\w$]+)\s*(?::[^=]*)?=/;
const ASSIGNED = /([\w$.\][]+)\s*(?::[^=]*)?=[^=]/;

/**
 * `spin_lock_init(priv.lock)` names it `&priv->lock`, `const table_lock = DEFINE_SPINLOCK()` `table_lock`.
 * @param line where the call stands, from 1
 * @param column from 1
 * @returns null if the text tells nothing
 */
export function lockText(source: string, line: number, column: number): string | null {
  const lines = source.split("\n");
  const own = lines[line - 1];
  if (own === undefined) return null;
  // the call may go on on the next lines
  const text = [own.slice(column - 1), ...lines.slice(line, line + 3)].join("\n");
  const call = INITIALISES.exec(text);
  if (call !== null) return addressOf(firstArgument(text.slice(call.index + call[0].length)));
  const declared = DECLARED.exec(own);
  if (declared !== null) return declared[1]!;
  const assigned = ASSIGNED.exec(own);
  return assigned === null ? null : asC(assigned[1]!);
}

/** Up to the comma or parenthesis that ends it. */
function firstArgument(text: string): string {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (depth === 0 && (c === "," || c === ")")) return text.slice(0, i);
    if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
  }
  return "";
}

function addressOf(argument: string): string | null {
  const c = asC(argument);
  return c === "" ? null : `&${c}`;
}

/** Types and assertions are not C; members of what is pointed to are. */
function asC(expression: string): string {
  return expression
    .replace(/\s+as\s+[\w$.]+/g, "")
    .replace(/<[^<>]*>/g, "")
    .replace(/[!?](?=[.)\]]|$)/g, "")
    .replace(/\s+/g, "")
    .replace(/\./g, "->");
}
