/**
 * Whether a path fits a pattern, in which `*` and `?` stand for parts of a name and `**` for any folders. Hidden names
 * fit only where the pattern writes their dot. The time grows with the product of the lengths, whatever the pattern:
 * patterns come from pull requests, and as regular expressions some of them never end.
 */
export function matchPath(pattern: string, path: string): boolean {
  return fits(pattern.split("/"), path.split("/"), {
    many: "**",
    isSkipped: (name) => !name.startsWith("."),
    one: matchName,
  });
}

/** Whether a pattern stands for more than the one path that it spells. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function matchName(pattern: string, name: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  return fits([...pattern], [...name], {
    many: "*",
    isSkipped: () => true,
    one: (part, character) => part === "?" || part === character,
  });
}

interface Wildcards {
  /** The part that stands for any number of items. */
  readonly many: string;
  readonly isSkipped: (item: string) => boolean;
  readonly one: (part: string, item: string) => boolean;
}

/** Follows every way to read the items at once, as a set of how many parts are used up. */
function fits(parts: readonly string[], items: readonly string[], { many, isSkipped, one }: Wildcards): boolean {
  let reached = withSkips(new Set([0]), parts, many);
  for (const item of items) {
    const next = new Set<number>();
    for (const used of reached) {
      const part = parts[used];
      if (part === undefined) continue;
      if (part !== many) {
        if (one(part, item)) next.add(used + 1);
      } else if (isSkipped(item)) next.add(used);
    }
    reached = withSkips(next, parts, many);
  }
  return reached.has(parts.length);
}

/** What stands for any number of items stands for none as well. Elements that are added are visited in turn. */
function withSkips(reached: Set<number>, parts: readonly string[], many: string): ReadonlySet<number> {
  for (const used of reached) if (parts[used] === many) reached.add(used + 1);
  return reached;
}
