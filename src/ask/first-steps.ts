import type { AskJudge, JudgedCall } from "./ask-judge.ts";
import { type Step, surestHops } from "./steps.ts";
import { isEverybody } from "./live-pairs.ts";

/** The call that a caller can make itself, surely or perhaps; undefined where nothing that was read lets it. */
export function firstStep(
  caller: string,
  callee: string,
  { verdict, ways }: Pick<JudgedCall, "verdict" | "ways">,
): Step | undefined {
  const [way] = ways;
  if (way === undefined || way.verdict !== verdict || verdict === "denied") return undefined;
  const { row, membership } = way;
  const isSet = membership !== "own" || row.through !== null;
  return {
    caller,
    callee,
    verdict,
    how: row.ring === "indirect" ? "indirect" : isEverybody(row.principal) ? "everybody" : isSet ? "set" : "call",
    hops: surestHops(row),
    inDoubt: membership === "maybe" ? row.principal : null,
  };
}

/** All of them. */
export function firstSteps(
  caller: string,
  identities: ReadonlySet<string>,
  callees: readonly string[],
  judge: AskJudge,
): readonly Step[] {
  return callees.flatMap((callee) => firstStep(caller, callee, judge.judge(identities, callee)) ?? []);
}
