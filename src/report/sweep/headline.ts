import type { Credential, CredentialPlace, SweepReport, Unread } from "../../sweep/sweep-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/** How much was looked at, in one line: the first of every format for people. To be escaped. */
export function headline({ complete, unread, swept }: SweepReport): string {
  const looked = [
    ...(swept.files > 0 || swept.live.length === 0 ? [count(swept.files, "file")] : []),
    ...(swept.live.length === 0 ? [] : [`${count(swept.services, "service")} of ${enumerateWords(swept.live, "and")}`]),
  ].join(", ");
  const partly = unread.filter(({ isPartly }) => isPartly === true).length;
  const missed = [
    ...(partly === unread.length ? [] : [`${unread.length - partly} not read`]),
    ...(partly === 0 ? [] : [`${partly} not read in whole`]),
  ];
  return complete ? `complete, ${looked}` : `INCOMPLETE, ${missed.join(", ")}; ${looked}`;
}

/** How what was missed is announced. */
export function unreadLabel({ isPartly }: Unread): string {
  return isPartly === true ? "not read in whole" : "not read";
}

/** What it comes to, in one line: the last of every format for people. To be escaped. */
export function conclusion(report: SweepReport): string {
  const { complete, credentials } = report;
  const places = credentials.reduce((sum, each) => sum + each.places.length, 0);
  const found =
    credentials.length === 0
      ? "no credentials"
      : `${count(credentials.length, "credential")} in ${count(places, "place")}`;
  const counted =
    report.baseline === null ? found : `${countdown(report)}${credentials.length === 0 ? "" : `; ${found}`}`;
  return complete ? counted : `INCOMPLETE: what was not read may hold more; ${counted}`;
}

/** `23 → 4`, and what is new. To be escaped. */
function countdown({ baseline, complete }: SweepReport): string {
  if (baseline === null) return "";
  const { before, left, added, spread, sameScope } = baseline;
  const news = [...(added === 0 ? [] : [`${added} new`]), ...(spread === 0 ? [] : [`${spread} in new places`])];
  const doubt =
    complete && !sameScope
      ? " (it was written over other places: those missing here may only not have been looked at)"
      : "";
  return `${before} → ${left} of the baseline${news.length === 0 ? "" : `, ${news.join(", ")}`}${doubt}`;
}

/** What a credential is and who shares it, in one sentence. To be escaped. */
export function describeCredential({ kind, names, services, places, state }: Credential): string {
  const name =
    names.length === 0
      ? ""
      : ` ${names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more names` : enumerateWords(names, "and")}`;
  const shared =
    services.length === 0
      ? ""
      : services.length === 1
        ? `, given to ${services[0]}`
        : `, shared by ${count(services.length, "service")}`;
  const again = state === "spread" ? ", more than in the baseline" : "";
  return `${kind}${name} in ${count(places.length, "place")}${again}${shared}`;
}

/** `deploy/web.yaml:14:9`, and who is given it under which name. To be escaped. */
export function describePlace({ file, line, column, name, service }: CredentialPlace): string {
  const where = line === 0 ? file : `${file}:${line}:${column}`;
  const who = [service, name].filter((each) => each !== null).join(": ");
  return who === "" ? where : `${where} (${who})`;
}
