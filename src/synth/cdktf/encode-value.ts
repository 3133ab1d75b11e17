import type { MemberPlan, Part, Value } from "../plan/stack-plan.ts";
import { encodeText } from "./encode-text.ts";

/** A planned value as a Terraform template. */
export function encodeValue(value: Value): string {
  return "parts" in value ? value.parts.map(encodePart).join("") : encodePart(value);
}

function encodePart(part: Part, at = 0, all: readonly Part[] = []): string {
  if ("reference" in part) return `\${${part.reference}}`;
  const text = encodeText(part.text);
  // Before what follows, a sign at the end would be an escape of it.
  return at < all.length - 1 ? text.replace(/[$%]$/, (sign) => `\${"${sign}"}`) : text;
}

/** Members as a for_each holds them: by principal, not by caller, so that a caller that is renamed keeps its grant. */
export function encodeMembers(members: readonly MemberPlan[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.map(({ principal, member }) => [encodeText(principal), encodeValue(member)]));
}
