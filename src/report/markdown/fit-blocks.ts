/** A part of a document that can be shorter: a table, with what stands around it. */
export interface Block {
  readonly before: readonly string[];
  /** Made when they are wanted: of thousands, few fit. */
  readonly rows: readonly (() => string)[];
  readonly after: readonly string[];
  /** The lines that say how many rows are left out. */
  readonly left: (count: number) => readonly string[];
}

/**
 * The lines of blocks, one after the other, in at most so many bytes (of UTF-8, which are never fewer than the units of
 * UTF-16). Rows are left out whole and from the end; those of earlier blocks stay longer, but none takes all the room.
 */
export function fitBlocks(blocks: readonly Block[], bytes: number): readonly string[] {
  const fixed = blocks.flatMap(({ before, rows, after, left }) => [...before, ...after, ...left(rows.length)]);
  const kept: readonly string[][] = blocks.map(() => []);
  let room = bytes - sizeOf(fixed);
  const fill = (share: number): void => {
    for (const [i, lines] of kept.entries()) {
      let mine = Math.min(room, share);
      for (const row of blocks[i]?.rows.slice(lines.length) ?? []) {
        const line = row();
        const size = sizeOf([line]);
        if (size > mine) break;
        mine -= size;
        room -= size;
        lines.push(line);
      }
    }
  };
  fill(Math.floor(room / Math.max(1, blocks.length)));
  fill(Number.POSITIVE_INFINITY);
  return blocks.flatMap((block, i) => blockLines(block, kept[i] ?? []));
}

function blockLines({ before, rows, after, left }: Block, kept: readonly string[]): readonly string[] {
  const missing = rows.length - kept.length;
  const note = missing === 0 ? [] : left(missing);
  // A table without rows says nothing.
  if (kept.length === 0 && missing > 0) return note;
  return [...before, ...kept, ...after, ...note];
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
