/** The beginning of a list, and how many are left. One more takes no more room than to say that there is one more. */
export function foldList<T>(
  list: readonly T[],
  most: number,
  { verbose }: { readonly verbose: boolean },
): readonly [shown: readonly T[], left: number] {
  return verbose || list.length <= most + 1 ? [list, 0] : [list.slice(0, most), list.length - most];
}
