import type { JudgedCall } from "../../verify/verify-report.ts";
import { formatJson } from "../json/format-json.ts";
import { summaryOf } from "./describe-calls.ts";
import type { VerifyFormatter } from "./verify-format.ts";

/** For programs, by schemas/verify.schema.json. No token is in it, and no text that a service answered. */
export const json: VerifyFormatter = (report, { version }) => {
  const { environment, matrix, startedAt, finishedAt, method, settle, callers, dryRun, complete } = report;
  return formatJson({
    schema: "matrix/verify/v1",
    environment,
    matrix,
    startedAt,
    finishedAt,
    method,
    settle,
    callers,
    dryRun,
    complete,
    summary: summaryOf(report),
    calls: report.calls.map(call),
    leftOut: report.leftOut.map(({ service, caller, why }) => ({ service, caller, why })),
    version,
  });
};

function call({ probe, verdict, finding, evidence, status, attempts, after, message, help }: JudgedCall): object {
  const { service, region, url, credential, caller, account, audience, expects, because } = probe;
  return {
    service,
    region,
    url,
    credential,
    caller,
    account,
    audience,
    expects,
    because,
    verdict,
    finding,
    evidence,
    status,
    attempts,
    after,
    message,
    help,
  };
}
