import { guardiansOf, knownOwners } from "./known-owners.ts";
import type { WhoApproves } from "./need.ts";

/**
 * Who decides for an owner is that owner's own business first. Where nobody on GitHub did, nobody can agree for it, and those
 * who watch over the matrix do.
 */
export const ofTeam: WhoApproves = ({ subject }, { pair: { before, after } }) => {
  const owner = subject ?? "";
  const [then, now] = [before, after].map(({ owners }) => owners?.get(owner)?.value.github);
  if (then === now) return [];
  if (then !== undefined) return [{ owner, reason: "former-owner" }];
  return knownOwners(before).has(owner) ? guardiansOf(before) : [];
};

/** The first owner of what nobody owned. */
export const ofFirstOwner: WhoApproves = ({ subject, environments }, context) => {
  const isFirst = context.sidesOf({ environments }).some(({ before }) => {
    const then = before.find(context.earlier(subject ?? ""));
    return then !== undefined && then.owner === undefined;
  });
  return isFirst ? guardiansOf(context.pair.before) : [];
};
