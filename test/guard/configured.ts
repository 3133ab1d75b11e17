import type { GuardReport } from "../../src/guard/guard-report.ts";
import { change, INVOKER, told as toldAll } from "./guarded.ts";

// Plans with a configuration that tells what is known after apply only.

/** Without who else manages what. */
export const told = (report: GuardReport): readonly string[] =>
  toldAll(report).filter((each) => !each.startsWith("plan-clashes"));

export const ROW = "google_cloud_run_v2_service_iam_member";
export const provider = { google: { name: "google", expressions: { project: { constant_value: "acme-prod" } } } };
export const account = (id: string, more: object = {}): object =>
  change({
    type: "google_service_account",
    name: id,
    after: { account_id: `${id}-sa` },
    unknown: { email: true, member: true, id: true, name: true, project: true },
    ...more,
  });
export const block = (type: string, name: string, expressions: object, more: object = {}): object => ({
  mode: "managed",
  type,
  name,
  provider_config_key: "google",
  expressions,
  ...more,
});
export const refs = (...references: readonly string[]): object => ({ references });
export const email = (id: string): object => refs(`google_service_account.${id}.email`, `google_service_account.${id}`);
export const config = (resources: readonly object[], more: object = {}, providers: object = provider): object => ({
  configuration: { provider_config: providers, root_module: { resources, ...more } },
});
export const at = { project: "acme-prod", location: "europe-west1", name: "billing", role: INVOKER };
export const row = (more: object = {}): object => change({ type: ROW, after: at, unknown: { member: true }, ...more });
export const accounts = [account("checkout"), account("reports")];
export const blocks = ["checkout", "reports"].map((id) =>
  block("google_service_account", id, { account_id: { constant_value: `${id}-sa` } }),
);
export const REPORTS = "serviceAccount:reports-sa@acme-prod.iam.gserviceaccount.com";
export const UNKNOWN = [`plan-unknown-grant unknown ${ROW}.x`];
