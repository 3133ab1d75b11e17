import { broadens, inEach, type Judge, narrows, neutral } from "../judgement.ts";

export const edgeAdded: Judge = inEach(({ after }, { from, to }) =>
  after.holds(from ?? "", to ?? "") ? broadens("caller-gained") : neutral,
);

export const edgeRemoved: Judge = inEach(({ before }, { from, to }, context) =>
  before.holds(context.earlier(from ?? ""), context.earlier(to ?? "")) ? narrows("caller-lost") : neutral,
);

/** Judged by the moments, not by the text: one day can be written in two ways, and what is over stays over. */
export const expiryChanged: Judge = inEach(({ before, after }, { from, to }, context) => {
  const [caller, callee] = [from ?? "", to ?? ""];
  const then = before.edge(context.earlier(caller), context.earlier(callee))?.clause.end ?? Number.POSITIVE_INFINITY;
  const now = after.edge(caller, callee)?.clause.end ?? Number.POSITIVE_INFINITY;
  if (now > then) return after.holds(caller, callee) ? broadens("caller-gained") : neutral;
  const held = before.holds(context.earlier(caller), context.earlier(callee));
  return now < then && held ? narrows("caller-lost") : neutral;
});

/** Past Identity-Aware Proxy a caller meets one check less. */
export const throughChanged: Judge = inEach(({ before, after }, { from, to }, context) => {
  const [caller, callee] = [from ?? "", to ?? ""];
  if (after.edge(caller, callee)?.clause.through === undefined)
    return after.holds(caller, callee) ? broadens("caller-gained") : neutral;
  return before.holds(context.earlier(caller), context.earlier(callee)) ? narrows("caller-lost") : neutral;
});
