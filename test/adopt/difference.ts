/** Lines that one of two texts has more often than the other. */
export function difference(
  before: string,
  after: string,
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const more = (one: string, other: string): readonly string[] => {
    const left = new Map<string, number>();
    for (const line of other.split("\n")) left.set(line, (left.get(line) ?? 0) + 1);
    return one.split("\n").filter((line) => {
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count <= 0;
    });
  };
  return { added: more(after, before), removed: more(before, after) };
}
