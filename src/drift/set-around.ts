import type { Row } from "../access/access.ts";
import type { LiveIndex } from "../access/live-index.ts";
import { parseMember } from "../access/member.ts";

/** The row of a set that holds a principal and is not counted out: everybody, a domain, the accounts below a container. */
export function setAround(principal: string, rows: readonly Row[], index: LiveIndex): Row | undefined {
  const member = parseMember(principal);
  return rows.find((row) => row.verdict !== "denied" && index.contains(parseMember(row.principal), member));
}
