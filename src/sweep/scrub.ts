/** Shorter values are parts of words. */
const LEAST_LENGTH = 6;

/**
 * A function that takes credentials out of text that is to be shown: a name, a path, a key. Names come from the same files
 * as the values, and somebody may have named a file or a key after its secret.
 */
export function scrubber(values: Iterable<string>): (text: string) => string {
  const all = [...new Set(values)].filter((value) => value.length >= LEAST_LENGTH).sort((a, b) => b.length - a.length);
  const exact = new Set(values);
  const cache = new Map<string, string>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const clean = exact.has(text) ? "[masked]" : all.reduce((rest, value) => rest.replaceAll(value, "[masked]"), text);
    cache.set(text, clean);
    return clean;
  };
}
