import { type ChangesRequest, reportChanges } from "../../src/audit/report-changes.ts";
import type { ChangesReport } from "../../src/audit/changes-report.ts";
import type { MatrixAt, MatrixHistory } from "../../src/history/matrix-history.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { formatInstant, type Instant, parseInstant } from "../../src/time/instant.ts";
import { readMatrixFor } from "../drift/drift-of.ts";

export const LEDGER = "projects/acme-prod/locations/europe-west1/services/billing";
export const CHECKOUT = "serviceAccount:checkout-sa@acme-prod.iam.gserviceaccount.com";
export const APPLIER = "apply@acme-ci.iam.gserviceaccount.com";

export function instant(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(text);
  return at;
}

function judge(text: string, asOf: Instant): Matrix {
  const { matrix, findings } = readMatrixFor(text, { finishedAt: formatInstant(asOf) } as Snapshot);
  if (matrix === undefined) throw new Error(JSON.stringify(findings));
  return matrix;
}

/** Versions of a matrix, newest first; null for one that was broken. */
export function historyOf(
  versions: readonly { readonly at: string; readonly text: string | null }[],
  cutOff: string | null = null,
): MatrixHistory {
  const all = versions.map(({ at, text }, index): MatrixAt => ({
    commit: { id: `${versions.length - index}`.repeat(40), at: instant(at), author: "dana", subject: "x" },
    name: "matrix.yaml",
    read: () =>
      text === null
        ? { kind: "unusable", problem: "it is not YAML" }
        : { kind: "usable", judge: (asOf) => judge(text, asOf) },
  }));
  return { versions: () => all, cutOff: () => cutOff };
}

let count = 0;

/** An entry that sets a policy. */
export function set(
  at: string,
  deltas: readonly (readonly ["ADD" | "REMOVE", role: string, member: string])[],
  {
    on = LEDGER,
    by = "bob@acme.example",
    more = {},
  }: { readonly on?: string; readonly by?: string; readonly more?: object } = {},
): object {
  const isRun = on.includes("/locations/");
  const isAccount = on.includes("/serviceAccounts/");
  const isIap = on.includes("/iap_web");
  return {
    insertId: `e${(count += 1)}`,
    logName: `${isIap ? "projects/acme-prod" : on.split("/").slice(0, 2).join("/")}/logs/cloudaudit.googleapis.com%2Factivity`,
    timestamp: at,
    protoPayload: {
      serviceName: `${isRun ? "run" : isAccount ? "iam" : isIap ? "iap" : "cloudresourcemanager"}.googleapis.com`,
      methodName: isRun
        ? "google.cloud.run.v2.Services.SetIamPolicy"
        : isAccount
          ? "google.iam.admin.v1.SetIAMPolicy"
          : isIap
            ? "google.cloud.iap.v1.IdentityAwareProxyAdminService.SetIamPolicy"
            : "SetIamPolicy",
      resourceName: on,
      authenticationInfo: { principalEmail: by },
      serviceData: {
        policyDelta: { bindingDeltas: deltas.map(([action, role, member]) => ({ action, role, member })) },
      },
      ...more,
    },
  };
}

export function reportOf(
  entries: readonly object[],
  more: Partial<ChangesRequest> & Pick<ChangesRequest, "history">,
): ChangesReport {
  return reportChanges({
    environment: "prod",
    matrix: "matrix.yaml",
    from: instant("2026-10-01"),
    to: instant("2026-11-01"),
    logs: [{ name: "log.json", items: entries, badLines: 0 }],
    covered: [],
    gaps: [],
    baseline: undefined,
    end: undefined,
    withoutHistory: null,
    judgeNow: () => undefined,
    appliers: new Set([APPLIER]),
    ...more,
  });
}
