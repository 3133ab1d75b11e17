/**
 * Whether a path fits a pattern, in which `*` and `?` stand for parts of a name and `**` for any folders. Hidden names
 * fit only where the pattern writes their dot. The time grows with the product of the lengths, whatever the pattern:
 * patterns come from pull requests, and as regular expressions some of them never end.
 */
export function matchPath(pattern: string, path: string): boolean {
  return fits(pattern.split("/"), path.split("/"), folders);
}

/** Whether a pattern could fit a path below a folder. */
export function matchBelow(pattern: string, folder: string): boolean {
  const parts = pattern.split("/");
  return [...follow(parts, folder.split("/"), folders)].some((used) => used < parts.length);
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

const folders: Wildcards = { many: "**", isSkipped: (name) => !name.startsWith("."), one: matchName };

function fits(parts: readonly string[], items: readonly string[], wildcards: Wildcards): boolean {
  return follow(parts, items, wildcards).has(parts.length);
}

/** Follows every way to read the items at once, as a set of how many parts are used up. */
function follow(
  parts: readonly string[],
  items: readonly string[],
  { many, isSkipped, one }: Wildcards,
): ReadonlySet<number> {
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
  return reached;
}

/** What stands for any number of items stands for none as well. Elements that are added are visited in turn. */
function withSkips(reached: Set<number>, parts: readonly string[], many: string): ReadonlySet<number> {
  for (const used of reached) if (parts[used] === many) reached.add(used + 1);
  return reached;
}
