import { exceptionEnd } from "../matrix/model/adopted-text.ts";
import type { World } from "../matrix/model/world.ts";
import { PLACEHOLDER, PLACEHOLDER_OWNER } from "../matrix/model/placeholder.ts";
import type { Instant } from "../time/instant.ts";
import type { DriftFinding, DriftReport } from "./drift-report.ts";
import { draftException } from "./draft-exception.ts";
import { commentText, yamlText } from "./yaml-text.ts";

/**
 * An exception for each finding that fails the run, as YAML to put into the matrix. `validate` refuses each of them
 * until a person has written why.
 */
export function writeExceptions(
  report: DriftReport,
  world: World,
  isFailing: (finding: DriftFinding) => boolean,
): string {
  const failing = report.findings.filter(isFailing);
  if (failing.length === 0) return "";
  const expires = exceptionEnd(Date.parse(report.asOf) as Instant);
  const entries = failing.map((finding) => entryOf(finding, report.environment, world, expires));
  return `exceptions:\n${entries.join("")}`;
}

function entryOf(finding: DriftFinding, environment: string, world: World, expires: string): string {
  const { rule, fingerprint, message } = finding;
  const { match, owner } = draftException(finding, environment, (key) => world.services.get(key));
  return [
    `  # ${commentText(message)}`,
    `  - id: DRIFT-${fingerprint.slice(0, 8)}`,
    `    rule: ${rule}`,
    `    match: { ${Object.entries(match)
      .map(([key, value]) => `${key}: ${yamlText(value)}`)
      .join(", ")} }`,
    `    owner: ${owner ?? PLACEHOLDER_OWNER}`,
    `    reason: ${yamlText(PLACEHOLDER)}`,
    `    expires: ${expires}`,
    "",
  ].join("\n");
}
