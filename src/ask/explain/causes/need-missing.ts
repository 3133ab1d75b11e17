import { parseMember } from "../../../access/member.ts";
import { needsOf } from "../../../callers/caller-of.ts";
import type { Cause } from "../case.ts";

/** What a product of Google needs so that it comes to call at all; as drift judges it. */
export const needMissing: Cause = {
  id: "need-missing",
  title: "the caller lacks a grant that it needs beside the service's",
  statuses: [403],
  needs: "live",
  isSilent: true,
  isAbout: ({ other }) => other !== undefined && needsOf(other).some(({ by }) => by === "synth"),
  find({ caller: { other, principal }, drift }) {
    if (other === undefined) return undefined;
    const roles = new Set(needsOf(other).flatMap(({ by, role }) => (by === "synth" ? [role] : [])));
    const found = (drift?.findings ?? []).filter(
      ({ rule, role, principal: who }) =>
        rule === "need-missing" &&
        role !== null &&
        roles.has(role) &&
        who !== null &&
        parseMember(who).principal === parseMember(principal).principal,
    );
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      likelihood: "likely",
      evidence: found.map(({ message }) => message),
      fix: first.fix ?? "apply what matrix synth writes",
    };
  },
};
