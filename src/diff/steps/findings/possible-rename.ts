import { canonicalJson } from "../../../words/canonical-json.ts";
import { compareText } from "../../../words/compare-text.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { DiffContext } from "../diff-context.ts";
import type { FindingStep, JudgedFact } from "../finding-step.ts";
import type { WorldView } from "../world-view.ts";

/** Of each service that comes where exactly one goes with everything but the key the same. */
export const possibleRename: FindingStep = function* ({ context, of }) {
  const [gone, come] = [bySubject(of("service-removed")), bySubject(of("service-added"))];
  if (gone.size === 0 || come.size === 0) return;
  const goneBy = groupBy(gone.keys(), (name) => signatureOf(context, name, "before"));
  const comeBy = groupBy(come.keys(), (name) => signatureOf(context, name, "after"));
  for (const [signature, names] of comeBy) {
    const [name] = names;
    const [former, second] = goneBy.get(signature) ?? [];
    if (name === undefined || names.length > 1 || former === undefined || second !== undefined) continue;
    const facts = [...(come.get(name) ?? []), ...(gone.get(former) ?? [])];
    yield {
      message: `${former} goes and ${name} comes, and they differ in their key alone`,
      help: `if it was renamed, write under ${name}: formerNames: [${former}], so that account, grants and state stay`,
      environments: [...new Set(facts.flatMap(({ environments }) => environments))].sort(compareText),
      subject: name,
      facts,
    };
  }
};

function bySubject(facts: readonly JudgedFact[]): ReadonlyMap<string, readonly JudgedFact[]> {
  return groupBy(facts, ({ subject }) => subject ?? undefined);
}

/** Everything about a service in every environment, but for its key and what follows from it. */
function signatureOf(context: DiffContext, name: string, side: "after" | "before"): string {
  return canonicalJson(
    context.sides.map(({ environment, [side]: view }) => [environment, describe(context, view, name)]),
  );
}

function describe(context: DiffContext, view: WorldView, name: string): unknown {
  const service = view.service(name);
  if (service === undefined) return null;
  const { kind, owner, description, labels, project, regions, ingress, iap, invokerRole, mode, image, stage } = service;
  const { value } = service.declared;
  const names = (list: readonly string[]): readonly string[] =>
    list.map((each) => (each === name ? "itself" : context.later(each))).sort(compareText);
  return {
    settings: [kind, ingress, iap, invokerRole, mode, image, stage],
    words: [owner, description, labels, service.public],
    project: project.id,
    regions: regions.toSorted(compareText),
    // A name and an account that are written are the same after a renaming.
    written: [value.name ?? null, value.account ?? null],
    callers: names(view.callers(name)),
    callees: names(view.callees(name)),
  };
}
