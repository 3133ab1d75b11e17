import type { Hop } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { DriftContext, Live } from "./drift-context.ts";
import { yamlText } from "./yaml-text.ts";

/** What to write into the matrix so that who holds a grant is a declared caller; undefined where no edge can say it. */
export function trustLine(
  { level }: Hop,
  principal: string,
  { name, declared }: Live,
  context: DriftContext,
): string | undefined {
  // Who retires takes part in no edge.
  if (declared === undefined || declared.stage === "retiring") return undefined;
  const callers = context.names.namesOf(principal);
  const caller = callers.find((key) => callsAs(key, principal, context));
  // Nobody calls itself by an edge.
  if (callers.includes(name) || (callers.length > 0 && caller === undefined)) return undefined;
  const member = parseMember(principal);
  // validate wants a date at the edges of people.
  const isPerson = member.kind === "user" || member.kind === "group";
  const fields = [...(level === "iap" ? ["through: iap"] : []), ...(isPerson ? ["expires: DATE"] : [])];
  if (caller !== undefined) return `declare it under trust: "${caller} -> ${name}: ${clause(fields)}"`;
  switch (member.kind) {
    case "user":
    case "group":
    case "serviceAccount":
      return `declare it under callers: "NAME: { ${member.kind}: ${yamlText(member.email)} }" and under trust: "NAME -> ${name}: ${clause(fields)}"`;
    default:
      return undefined;
  }
}

/** Whether an edge from a service or caller would grant to a principal: not to an account whose time is over. */
function callsAs(key: string, principal: string, { world, matrix }: DriftContext): boolean {
  const service = world.services.get(key);
  if (service === undefined) return true;
  const { account, previousAccounts, stage } = service;
  const standing = previousAccounts.filter((each) => mayStillCall(each, matrix.asOf));
  return (
    stage !== "retiring" &&
    [account, ...standing].some(({ email }) => parseMember(`serviceAccount:${email}`).principal === principal)
  );
}

function clause(fields: readonly string[]): string {
  return fields.length === 0 ? "WHY" : `{ ${["reason: WHY", ...fields].join(", ")} }`;
}
