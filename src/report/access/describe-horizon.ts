import type { DriftReport } from "../../drift/drift-report.ts";
import { type Folding, foldWords } from "../../words/fold-words.ts";

/** Which levels above the scope were not read, and which were: a line each. To be escaped. */
export function describeHorizon(horizon: DriftReport["horizon"], options: Folding): readonly string[] {
  const unread = horizon.filter(({ read }) => !read);
  const read = horizon.filter((level) => level.read).map(({ resource }) => resource);
  const why = unread.map(({ resource, reason }) => (reason === null ? resource : `${resource} (${reason})`));
  return [
    ...(why.length === 0 ? [] : [`not read above the scope: ${foldWords(why, options)}`]),
    ...(read.length === 0 ? [] : [`read above the scope: ${foldWords(read, options)}`]),
  ];
}
