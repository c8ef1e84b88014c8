/** How many edits turn one name into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The message for an import that no module answers to, with the names nearest to it. */
export function unknownImport(specifier: string, known: Iterable<string>): string {
  const ranked = [...known]
    .map((name) => ({ name, cost: distance(specifier, name) }))
    .sort((a, b) => a.cost - b.cost || (a.name < b.name ? -1 : 1))
    .filter(({ name, cost }) => cost <= Math.max(2, name.length / 3))
    .slice(0, 3)
    .map(({ name }) => `"${name}"`);
  if (ranked.length === 0)
    return `There is no module "${specifier}". A driver model imports kernel modules ("linux/netdevice" …) and its own files.`;
  return `There is no module "${specifier}". Did you mean ${ranked.join(" or ")}?`;
}
