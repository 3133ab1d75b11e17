import type { ExplainReport } from "../../ask/explain/explain-report.ts";
import { outsideReason } from "../access/outside-line.ts";

/** The answer in one sentence, without a full stop. It holds foreign text: escape it where it is shown. */
export function headline({
  answer,
  caller,
  callee,
  environment,
  live,
  declared,
  regions,
  as,
  outside,
  paths,
}: ExplainReport): string {
  // Of everybody, only those that Google knows.
  const isSignedIn = caller.name === "internet" && paths[0]?.principal === "allAuthenticatedUsers";
  const pair = `${isSignedIn ? "whoever is signed in to Google" : caller.name} ${words[answer]} ${callee.name} in ${environment}`;
  const open = regions.filter(({ verdict }) => verdict === "allowed").map(({ region }) => region);
  const where = open.length > 0 && open.length < regions.length ? `, in ${open.join(" and ")} only` : "";
  if (live === null) return `${leads[answer]}: ${pair}, by the matrix`;
  const said = declared ? "as the matrix says" : "and the matrix does not say so";
  const beside =
    answer === "allowed" ? `, ${said}` : answer === "denied" && declared ? ", though the matrix says so" : "";
  const account = as === null ? "" : ", only as another account than its own";
  // Where its account may call more surely, what comes before the account is the reason.
  const isHalfWay = outside !== null && isLess(answer, regions) && outside.answer !== "yes";
  const why = isHalfWay ? `: ${outsideReason(outside)}` : "";
  return `${leads[answer]}: ${pair}${where}${account}${why}${beside}; live when read at ${live.finishedAt}`;
}

const leads = { allowed: "yes", denied: "no", conditional: "perhaps", unknown: "unknown" } as const;
const words = {
  allowed: "may call",
  denied: "may not call",
  conditional: "may perhaps call",
  unknown: "may perhaps call",
} as const;

/** Whether the account may call somewhere more surely than the answer says. */
function isLess(answer: ExplainReport["answer"], regions: ExplainReport["regions"]): boolean {
  const order: readonly string[] = ["allowed", "conditional", "unknown", "denied", "no"];
  return regions.some(({ verdict }) => order.indexOf(verdict) < order.indexOf(answer));
}
