/** Indexes of a list that are drawn: from the first up to, not with, the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Lines that are drawn at a time, so that not each pixel of scrolling draws anew. */
const BLOCK = 4;

/** What of a list is in sight, and a little more on both sides. All but the offset in pixels of `size` each. */
export function stretchOf(offset: number, extent: number, size: number, length: number): Stretch {
  const first = Math.floor(offset / size / BLOCK) * BLOCK - BLOCK;
  const last = Math.ceil((offset + Math.max(extent, size)) / size / BLOCK) * BLOCK + BLOCK;
  return { from: Math.min(Math.max(0, first), length), to: Math.min(Math.max(0, last), length) };
}
