import { expect, test } from "vitest";
import type { ChangesReport } from "../../src/audit/changes-report.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { invoker, live, world } from "../drift/live-world.ts";
import { CHECKOUT, historyOf, LEDGER, reportOf, set } from "./report-of.ts";

// What cases of hidden changes have in common.

export const INVOKER = "roles/run.invoker";
export const DANA = "user:dana@acme.example";
export const EVE = "user:eve@acme.example";
export const IAP_ROLE = "roles/iap.httpsResourceAccessor";
const services = "services:\n  checkout: {}\n  billing: {}\n";
export const declared = matrix(`${services}trust: { checkout -> billing: Charges cards }\n`);
export const unnumbered = declared.replace(', number: "111111111111"', "");
export const until = matrix(
  `${services}trust: { checkout -> billing: { reason: Charges cards, expires: 2026-10-15 } }\n`,
);
export const always = (text: string) => historyOf([{ at: "2026-09-01", text }]);
export const moment = (day: string): object => ({
  startedAt: `2026-${day}T00:00:00Z`,
  finishedAt: `2026-${day}T00:00:09Z`,
});
export const baseline = { ...world({ services: [live("billing", [invoker(CHECKOUT)])] }), ...moment("09-30") };

export type Log = readonly object[];
export type More = Partial<Parameters<typeof reportOf>[1]>;

let count = 0;

/** An entry that says something of its own. */
export function entry(at: string, payload: object, more: object = {}): object {
  return {
    insertId: `x${(count += 1)}`,
    logName: "projects/acme-prod/logs/cloudaudit.googleapis.com%2Factivity",
    timestamp: at,
    resource: { labels: { project_id: "acme-prod" } },
    ...more,
    protoPayload: { authenticationInfo: { principalEmail: "bob@acme.example" }, ...payload },
  };
}

export function run(at: string, method: string, request: object, more: object = {}, payload: object = {}): object {
  const methodName = `google.cloud.run.v2.Services.${method}`;
  return entry(at, { serviceName: "run.googleapis.com", methodName, resourceName: LEDGER, request, ...payload }, more);
}

/** A policy without a word of what changed, as Cloud Run writes it. */
export function policy(at: string, members: readonly string[], more: object = {}): object {
  const bindings = [{ role: INVOKER, members }];
  return set(at, [], { more: { serviceData: {}, response: { etag: at, bindings }, ...more } });
}

export function other(api: string, methodName: string, resourceName: string, more: object = {}): object {
  return entry("2026-10-05T00:00:00Z", { serviceName: `${api}.googleapis.com`, methodName, resourceName, ...more });
}

/** What goes against the matrix, and what kinds of gaps there are. */
export function seen({ changes, settings, expiries, gaps }: ChangesReport): readonly string[] {
  return [
    ...changes.flatMap(({ against, change, member, sure }) =>
      against ? [`${change} ${member.split(":")[1]?.split("@")[0] ?? member}${sure ? "" : " perhaps"}`] : [],
    ),
    ...settings.flatMap(({ against, setting, sure }) => (against ? [`${setting}${sure ? "" : " perhaps"}`] : [])),
    ...expiries.map(({ outcome }) => outcome),
    ...new Set(gaps.map(({ kind }) => kind)),
  ];
}

export const add = (member: string, on = LEDGER): object =>
  set("2026-10-05T00:00:00Z", [["ADD", INVOKER, member]], { on });

export const IAM_ADMIN = "google.iam.admin.v1";
export const ACCOUNT = "projects/acme-prod/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com";
export const start = { operation: { id: "o", producer: "p", first: true } };
export const stop = { operation: { id: "o", producer: "p", last: true } };
export const off = { service: { invokerIamDisabled: true }, updateMask: "invokerIamDisabled" };
export const role = (method: string, list: readonly string[]): object =>
  other("iam", `${IAM_ADMIN}.${method}`, "projects/acme-prod/roles/own", {
    request: { role: { includedPermissions: list } },
  });

export type Case = readonly [name: string, log: Log, seen: readonly string[], more?: More];

/** What comes of each of some logs, beside a matrix that declares one edge. */
export function testSeen(cases: readonly Case[]): void {
  for (const [name, log, expected, more] of cases)
    test(name, () => {
      expect(seen(reportOf(log, { history: always(declared), ...more }))).toEqual(expected);
    });
}
