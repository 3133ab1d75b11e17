import { compareText } from "../words/compare-text.ts";
import type { GuardContext } from "./guard-context.ts";
import type { AssumedValue } from "./guard-report.ts";
import { runAsOf } from "./judge-run-as.ts";
import type { PlanChange } from "./plan.ts";
import type { Resolved } from "./resolved.ts";

/** Every value that is taken to be what it refers to: each once, in order. */
export function assumedValues({ grants, plan, resolver }: GuardContext): readonly AssumedValue[] {
  const ofGrants = grants.flatMap(({ after }) =>
    after.flatMap(({ change, authority, role, member, target }) => [
      ...(target.isAssumed
        ? [note(change, "resource", { text: target.resource, isSensitive: target.isSensitive })]
        : []),
      ...(role.isAssumed ? [note(change, "role", role)] : []),
      ...(member.isAssumed ? [note(change, authority === "member" ? "member" : "members", member)] : []),
    ]),
  );
  const ofWorkloads = plan.changes.flatMap((change) =>
    runAsOf(change, resolver)
      .filter(({ isAssumed }) => isAssumed)
      .map((each) => note(change, "service_account", each)),
  );
  const unique = new Map([...ofGrants, ...ofWorkloads].map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.address, b.address) ||
      compareText(a.argument, b.argument) ||
      compareText(a.value ?? "", b.value ?? ""),
  );
}

function note(
  { address }: PlanChange,
  argument: string,
  { text, isSensitive }: Pick<Resolved, "isSensitive" | "text">,
): AssumedValue {
  return { address, argument, value: isSensitive ? null : (text ?? null) };
}
