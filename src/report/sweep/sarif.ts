import { createHash } from "node:crypto";
import type { Credential, CredentialPlace, SweepReport } from "../../sweep/sweep-report.ts";
import { sweepRules } from "../../sweep/sweep-rules.ts";
import { formatJson } from "../json/format-json.ts";
import { artifactUri } from "../sarif/artifact-uri.ts";
import { sarifLevels } from "../sarif/sarif-level.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { conclusion, describeCredential, describePlace, unreadLabel } from "./headline.ts";
import { type SweepFormatter, sweepRuleDocs } from "./sweep-format.ts";

const ruleIds = Object.keys(sweepRules);

/** SARIF 2.1.0, as GitHub's code scanning takes it: a result for each place. What was not read is a notification of a run that did not succeed. */
export const sarif: SweepFormatter = (report, { version }) =>
  formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "matrix", semanticVersion: version, rules: Object.entries(sweepRules).map(descriptor) },
        },
        automationDetails: { id: "matrix sweep/" },
        invocations: [invocation(report)],
        columnKind: "utf16CodeUnits",
        results: results(report),
        properties: { complete: report.complete, summary: conclusion(report) },
      },
    ],
  });

function descriptor([id, { severity, summary }]: readonly [
  string,
  { readonly severity: "error" | "warning"; readonly summary: string },
]): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: `${sweepRuleDocs(id)} says more` },
    defaultConfiguration: { level: sarifLevels[severity] },
  };
}

function invocation({ complete, unread, swept }: SweepReport): object {
  return {
    executionSuccessful: complete,
    toolExecutionNotifications: [
      ...unread.map((each) => ({
        level: "error",
        message: sarifMessage(`${unreadLabel(each)}: ${each.source}: ${each.reason}`),
      })),
      ...swept.skipped.huge.map((file) => ({ level: "note", message: sarifMessage(`skipped, too large: ${file}`) })),
    ],
  };
}

/** Two places that nothing but their line tells apart are counted: of the same fingerprint code scanning shows one. */
function results({ credentials }: SweepReport): readonly object[] {
  const seen = new Map<string, number>();
  return credentials.flatMap((credential) =>
    credential.places.map((place) => {
      const fingerprint = placeFingerprint(credential, place);
      const again = seen.get(fingerprint) ?? 0;
      seen.set(fingerprint, again + 1);
      return result(credential, place, again === 0 ? fingerprint : `${fingerprint}:${again}`);
    }),
  );
}

function result(credential: Credential, place: CredentialPlace, fingerprint: string): object {
  const { rule, severity, masked, fix, id, number, services, edges, state } = credential;
  return {
    ruleId: rule,
    ruleIndex: ruleIds.indexOf(rule),
    level: sarifLevels[severity],
    message: sarifMessage(`${describeCredential(credential)}: ${describePlace(place)}; ${masked}. Fix: ${fix}`),
    locations: [location(place)],
    partialFingerprints: { "matrixSweep/v1": fingerprint },
    suppressions:
      state === "known" ? [{ kind: "external", status: "accepted", justification: "known to the baseline" }] : [],
    properties: {
      credential: number,
      id,
      services,
      edges: edges.map(({ caller, callee, declared }) => `${caller} -> ${callee}${declared ? " (declared)" : ""}`),
      docs: sweepRuleDocs(rule),
    },
  };
}

/** Code scanning takes no result without a file: a place of an API has a name of its own and its first line. */
function location({ file, line, column }: CredentialPlace): object {
  const start = Math.max(1, line);
  return {
    physicalLocation: {
      artifactLocation: { uri: artifactUri(file.replace(/^run:/, "run/")), uriBaseId: "%SRCROOT%" },
      region: { startLine: start, startColumn: Math.max(1, column) },
    },
  };
}

/** What stays the same about a place while lines move. No part of it depends on the value: a hash of that could be guessed. */
function placeFingerprint({ rule, kind }: Credential, { file, name, service }: CredentialPlace): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, kind, file, name, service]))
    .digest("hex");
}
