import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { fileTreeOf, ROOT } from "./rule-docs.ts";

const asOf = parseInstant("2026-11-22") as Instant;

/** What every matrix needs; it comes last, so that lines count from the first line of a case. */
const rest = {
  version: "version: 1",
  environments: "environments: { prod: { project: acme-prod, regions: [europe-west1] } }",
};

/**
 * What a rule finds in a matrix, or with `*` what every rule finds: place, the word there, severity, message, and the
 * exception that accepts it.
 * @param text the root file, without the version, and without environments where one `prod` will do
 * @param included files of teams/, by name
 */
export function find(rule: string, text: string, included: Readonly<Record<string, string>> = {}): readonly string[] {
  const keys = new Set([...text.matchAll(/^([a-z]+):/gm)].map(([, key]) => key));
  const missing = Object.entries(rest).flatMap(([key, line]) => (keys.has(key) ? [] : [line]));
  const include = Object.keys(included).length === 0 ? [] : ["include: [teams/*.yaml]"];
  const files = new Map([[ROOT, [text.trimEnd(), ...missing, ...include, ""].join("\n")]]);
  for (const [name, content] of Object.entries(included)) files.set(`teams/${name}.yaml`, content);
  const result = validateMatrix(fileTreeOf(files), ROOT, asOf);
  if ("problem" in result) throw new Error(result.problem);
  return result.findings
    .filter((finding) => rule === "*" || finding.rule === rule)
    .map(({ rule: id, severity, span, line, message, acceptedBy }) => {
      const word = line
        .slice(span.column - 1, span.endLine === span.line ? span.endColumn - 1 : undefined)
        .slice(0, 60);
      const place = `${span.file === ROOT ? "" : `${span.file}:`}${span.line}:${span.column} [${word}]`;
      const accepted = acceptedBy === undefined ? "" : ` (${acceptedBy})`;
      return `${rule === "*" ? `${id} ` : ""}${place} ${severity}: ${message}${accepted}`;
    });
}
