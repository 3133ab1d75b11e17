import type { Finding } from "../../finding/finding.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { FindingReport } from "./finding-report.ts";

/** The environments of a finding as ` (staging)`; nothing where it is about the file itself or about all of them. */
export function environmentNote(
  { environments }: Pick<Finding, "environments">,
  report: Pick<FindingReport, "environments">,
): string {
  if (report.environments.every((name) => environments.includes(name)) || environments.length === 0) return "";
  return ` (${enumerateWords(environments, "and")})`;
}
