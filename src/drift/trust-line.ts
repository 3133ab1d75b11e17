import { parseMember } from "../access/member.ts";
import type { DriftContext, Live } from "./drift-context.ts";
import { yamlText } from "./yaml-text.ts";

/** What to write into the matrix so that a principal is a declared caller. */
export function trustLine(principal: string, { name }: Live, { names }: DriftContext): string {
  const [caller] = names.namesOf(principal);
  if (caller !== undefined) return `declare it under trust: "${caller} -> ${name}: WHY"`;
  const member = parseMember(principal);
  switch (member.kind) {
    case "user":
    case "group":
    case "serviceAccount":
      return `declare it under callers: "NAME: { ${member.kind}: ${yamlText(member.email)} }" and under trust: "NAME -> ${name}: WHY"`;
    default:
      return `no edge can declare ${principal}`;
  }
}
