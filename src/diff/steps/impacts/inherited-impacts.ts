import { parseMember } from "../../../access/member.ts";
import { inheritedEnd } from "../../../matrix/model/inherited-in-force.ts";
import type { InheritedAccess } from "../../../matrix/schema/generated/document.ts";
import type { Matrix } from "../../../matrix/model/matrix.ts";
import { broadens, type Judge, narrows, neutral } from "../judgement.ts";

const gained = broadens("inherited-gained");
const lost = narrows("inherited-lost");

export const inheritedAdded: Judge = ({ subject }, { pair: { after } }) =>
  openEnd(find(after, subject), after) > 0 ? gained : neutral;

export const inheritedRemoved: Judge = ({ subject }, { pair: { before } }) =>
  openEnd(find(before, subject), before) > 0 ? lost : neutral;

export const inheritedChanged: Judge = ({ subject }, { pair: { before, after } }) => {
  const [then, now] = [find(before, subject), find(after, subject)];
  const [thenEnd, nowEnd] = [openEnd(then, before), openEnd(now, after)];
  if (then === undefined || now === undefined) return gained;
  if (nowEnd === 0) return thenEnd > 0 ? lost : neutral;
  const isOther =
    parseMember(then.principal).principal !== parseMember(now.principal).principal || then.role !== now.role;
  if (isOther || nowEnd > thenEnd || now.at.some((place) => !then.at.includes(place))) return gained;
  return nowEnd < thenEnd || then.at.some((place) => !now.at.includes(place)) ? lost : neutral;
};

function find({ inherited }: Matrix, subject: string | null): InheritedAccess | undefined {
  return inherited.find(({ key }) => key === subject)?.value;
}

/** Until when it is accepted; 0 where it is not, or where there is none. */
function openEnd(access: InheritedAccess | undefined, { asOf }: Matrix): number {
  return access === undefined ? 0 : inheritedEnd(access, asOf);
}
