import type { Stage } from "../../../matrix/model/world.ts";
import { broadens, inEach, type Judge, type Judgement, narrows, neutral } from "../judgement.ts";
import { hasRow } from "../moved-names.ts";
import type { WorldView } from "../world-view.ts";

/** The same members on another Cloud Run resource: what is behind them is not what was reviewed. */
export const grantMoved: Judge = inEach(({ after }, { subject }) =>
  hasRow(after, subject ?? "") ? broadens("grant-moved") : neutral,
);

export const regionsChanged: Judge = inEach(({ before, after }, { subject }, context): Judgement => {
  const name = subject ?? "";
  const then = new Set(before.service(context.earlier(name))?.regions);
  const now = new Set(after.service(name)?.regions);
  if ([...now].some((region) => !then.has(region))) return hasRow(after, name) ? broadens("grant-moved") : neutral;
  const isFewer = [...then].some((region) => !now.has(region));
  return isFewer && hasRow(before, context.earlier(name)) ? narrows("caller-lost") : neutral;
});

/** add and observe take nobody out: only enforce makes the row what the matrix says. */
export const modeChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.service(context.earlier(subject ?? ""))?.mode;
  const now = after.service(subject ?? "")?.mode;
  if (then === now) return neutral;
  if (now === "enforce") return narrows("enforcement-raised");
  return then === "enforce" ? broadens("enforcement-lowered") : neutral;
});

const isOver = (stage: Stage | undefined): boolean => stage === "retiring" || stage === "gone";

/** Edges and public of a service that retires have no effect, and have it again where it comes back. */
export const stageChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const name = subject ?? "";
  const earlier = context.earlier(name);
  const [was, is] = [isOver(before.service(earlier)?.stage), isOver(after.service(name)?.stage)];
  const isUsed = (view: WorldView, own: string): boolean => hasRow(view, own) || view.callees(own).length > 0;
  if (was === is) return neutral;
  if (is) return isUsed(before, earlier) ? narrows("caller-lost") : neutral;
  return isUsed(after, name) ? broadens("caller-gained") : neutral;
});
