import { appendFileSync, statSync } from "node:fs";

/** What GitHub takes of one step; it drops the whole of a longer one. docs: workflow commands, job summaries */
const SUMMARY_LIMIT = 1024 * 1024;

/**
 * Adds Markdown to the summary of the job.
 * @returns whether there was room for it
 */
export function writeSummary(file: string | undefined, markdown: string): boolean {
  if (file === undefined) return true;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const fits = size + Buffer.byteLength(markdown) < SUMMARY_LIMIT;
  if (fits) appendFileSync(file, `${markdown}\n`);
  return fits;
}
