import { isInForce } from "../../matrix/model/match-exception.ts";
import { parseEnd } from "../../time/instant.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Exception, ExceptionMatch } from "../../matrix/schema/generated/document.ts";
import type { DiffContext } from "./diff-context.ts";
import { compareSets, type Strength, weakest } from "./strength.ts";

/** Whether an exception excuses more than before, which lowers the safeguard that it is from. */
export function exceptionStrength(then: Exception, now: Exception, context: DiffContext): Strength {
  const { before, after } = context.pair;
  const [was, is] = [isInForce(then, before), isInForce(now, after)];
  if (!is) return was ? "raised" : "same";
  if (!was || then.rule !== now.rule) return "lowered";
  const later = (parseEnd(now.expires) ?? 0) - (parseEnd(then.expires) ?? 0);
  return weakest([later > 0 ? "lowered" : later < 0 ? "raised" : "same", compareMatches(then, now, context)]);
}

/** All keys must hold, so that one key less, or one value more, excuses more. */
function compareMatches({ match: then }: Exception, { match: now }: Exception, context: DiffContext): Strength {
  const { before, after } = context.pair;
  const names = (value: OneOrMore, matrix: Matrix): readonly string[] | undefined =>
    listOf(value)?.flatMap((name) => matrix.expand(name));
  const callers = (side: ExceptionMatch, matrix: Matrix): readonly (readonly string[] | undefined)[] => [
    names(side.service, matrix),
    names(side.caller, matrix),
  ];
  const [wasService, wasCaller] = callers(then, before).map((list) => list?.map((name) => context.later(name)));
  const [isService, isCaller] = callers(now, after);
  const others = ["environment", "principal", "resource", "role"] as const;
  return weakest([
    compareSets(wasService, isService, "fewer"),
    compareSets(wasCaller, isCaller, "fewer"),
    ...others.map((key) => compareSets(listOf(then[key]), listOf(now[key]), "fewer")),
    compareFingerprints(then.fingerprint, now.fingerprint),
  ]);
}

type OneOrMore = string | readonly string[] | undefined;

function listOf(value: OneOrMore): readonly string[] | undefined {
  return value === undefined ? undefined : [value].flat();
}

/** One that begins with the other means fewer findings. */
function compareFingerprints(then: string | undefined, now: string | undefined): Strength {
  if (then === now) return "same";
  return now?.startsWith(then ?? "") === true ? "raised" : "lowered";
}
