import type { Hop } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import type { DriftContext, Live } from "./drift-context.ts";
import { yamlText } from "./yaml-text.ts";

/** What to write into the matrix so that who holds a grant is a declared caller; undefined where no edge can say it. */
export function trustLine(
  { level }: Hop,
  principal: string,
  { name, declared }: Live,
  { names, world }: DriftContext,
): string | undefined {
  // Who retires takes part in no edge.
  if (declared === undefined || declared.stage === "retiring") return undefined;
  const callers = names.namesOf(principal);
  const caller = callers.find((key) => world.services.get(key)?.stage !== "retiring");
  // Nobody calls itself by an edge.
  if (callers.includes(name) || (callers.length > 0 && caller === undefined)) return undefined;
  const through = level === "iap" ? ["through: iap"] : [];
  if (caller !== undefined) return `declare it under trust: "${caller} -> ${name}: ${clause(through)}"`;
  const member = parseMember(principal);
  switch (member.kind) {
    case "user":
    case "group":
    case "serviceAccount": {
      const fields = member.kind === "serviceAccount" ? through : [...through, "expires: DATE"];
      return `declare it under callers: "NAME: { ${member.kind}: ${yamlText(member.email)} }" and under trust: "NAME -> ${name}: ${clause(fields)}"`;
    }
    default:
      return undefined;
  }
}

function clause(fields: readonly string[]): string {
  return fields.length === 0 ? "WHY" : `{ ${["reason: WHY", ...fields].join(", ")} }`;
}
