import type { Credential, LeftOut, LeftOutReason, Probe } from "../../verify/probe.ts";
import type { JudgedCall, VerifyReport } from "../../verify/verify-report.ts";
import { groupBy } from "../../words/group-by.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/** How many calls came out how. */
export interface Summary {
  readonly calls: number;
  readonly ok: number;
  readonly findings: number;
  readonly unknown: number;
  /** Of those that are ok: how many rest on the status alone. */
  readonly byStatus: number;
}

export function summaryOf({ calls }: VerifyReport): Summary {
  const numberOf = (wanted: JudgedCall["verdict"]): number => calls.filter(({ verdict }) => verdict === wanted).length;
  return {
    calls: calls.length,
    ok: numberOf("ok"),
    findings: numberOf("finding"),
    unknown: numberOf("unknown"),
    byStatus: calls.filter(({ verdict, evidence }) => verdict === "ok" && evidence === "status").length,
  };
}

/** What a call shows. */
export function shownIn({ credential }: Probe): string {
  const shown = {
    none: "without a token",
    token: "with its token",
    "wrong-audience": "with a token for another audience",
  } as const satisfies Readonly<Record<Credential, string>>;
  return shown[credential];
}

/** What a call is, in one line: `checkout -> billing in europe-west1, with its token`. */
export function titleOf(probe: Probe): string {
  const { service, region, caller } = probe;
  return `${caller === null ? "" : `${caller} -> `}${service} in ${region}, ${shownIn(probe)}`;
}

/** What was sent, and how often. */
export function requestOf({ probe, attempts, after }: JudgedCall, method: string): string {
  const as = probe.account === null ? "" : ` as ${probe.account}`;
  const often = attempts < 2 ? "" : `, ${count(attempts, "time")} over ${after} s`;
  return `${method} ${probe.url ?? "no URL"}${as}${often}`;
}

const reasons = {
  sensitive: "sensitive: --include-sensitive calls it",
  job: "a job, which has no URL",
  planned: "planned, so not there yet",
  retired: "retired",
  observed: "mode observe: nothing is enforced on it",
  public: "public: no token is looked at, so none for another audience is shown",
  proxy: "Identity-Aware Proxy asks for an audience of its own, so no token is shown",
  inherited: "a grant that the matrix accepts under inherited lets it in",
} as const satisfies Readonly<Record<LeftOutReason, string>>;

/** What was not called, by the reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return [...groupBy(leftOut, ({ why }) => why)].map(([why, each]) => {
    const names = each.map(({ service, caller }) => (caller === null ? service : `${caller} -> ${service}`));
    return `${enumerateWords([...new Set(names)], "and")} (${reasons[why]})`;
  });
}

/** What the whole comes to, in one line. What was spared on purpose is in it: nobody must take it for verified. */
export function headlineOf(report: VerifyReport): string {
  const { calls, ok, findings, unknown } = summaryOf(report);
  const spared = new Set(report.leftOut.filter(({ why }) => why === "sensitive").map(({ service }) => service)).size;
  const rest = spared === 0 ? "" : `; ${count(spared, "sensitive service")} NOT called`;
  if (report.dryRun) return `${report.environment}: ${count(calls, "call")} would be made, nothing was sent${rest}`;
  const parts = [
    `${ok} as declared`,
    ...(findings === 0 ? [] : [count(findings, "finding")]),
    ...(unknown === 0 ? [] : [`${unknown} not judged`]),
  ];
  return `${report.environment}: ${report.complete ? "" : "INCOMPLETE, "}${count(calls, "call")}, ${parts.join(", ")}${rest}`;
}

/** On what the result stands, and what it does not say. */
export function remarksOf(report: VerifyReport): readonly string[] {
  const { calls, byStatus } = summaryOf(report);
  if (calls === 0) return ["nothing was called, so nothing is known"];
  if (report.dryRun) return doubtsOf(report);
  const shown = report.callers.length > 0;
  return [
    ...(byStatus === 0
      ? []
      : [
          `${count(byStatus, "call")} ${byStatus === 1 ? "is" : "are"} judged by the status alone, which the app could have answered itself${shown ? "" : "; --as CALLER shows tokens that tell the two apart"}`,
        ]),
    ...report.calls.flatMap(({ probe, openUntil }) =>
      openUntil === null
        ? []
        : [
            `${probe.caller ?? "whoever has no token"} got into ${probe.service} in ${probe.region} until ${openUntil} s before the last answer`,
          ],
    ),
    ...doubtsOf(report),
    ...(shown ? [] : ["no token was shown: whom the services let in was not tried"]),
    "this is what was tried, from here: matrix drift says who may call",
  ];
}

/** What is not sure of the URLs that were called, each once. */
function doubtsOf({ calls }: VerifyReport): readonly string[] {
  const told = calls.flatMap(({ probe: { service, region, doubt } }) =>
    doubt === null ? [] : [`${service} in ${region}: ${doubt}`],
  );
  return [...new Set(told)];
}
