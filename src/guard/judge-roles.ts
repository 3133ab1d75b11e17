import { allSteps, writePermissions } from "./grant-steps.ts";
import { type GuardContext, homeWhereabouts } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { PlanRole } from "./role-contents.ts";

const watched: readonly string[] = allSteps.flatMap((step) => step.permissions);
const providers: readonly string[] = writePermissions.setProviders;

/** A custom role that is bound already, and may do more after the plan. Who holds a new one, its bindings say. */
export function* judgeRole(
  { change, name, before, after }: PlanRole,
  { declared }: GuardContext,
): Iterable<GuardDraft> {
  if (change.before === undefined || change.action === "delete" || change.action === "forget") return;
  const project = /^projects\/([^/]+)\//.exec(name ?? "")?.[1];
  const where = name?.startsWith("organizations/") === true ? undefined : homeWhereabouts(project, declared);
  if (where?.kind === "elsewhere") return;
  // Where nobody comes through a pool, who changes one lets nobody in.
  const hasPools =
    declared.outsiders.poolsOf(where?.kind === "inside" ? where.project : undefined, undefined).length > 0;
  const matters = (each: string): boolean => hasPools || !providers.includes(each);
  const gained = watched.filter((each) => matters(each) && after.permissions.includes(each) && !before.includes(each));
  if (gained.length === 0 && after.isWhole) return;
  yield {
    change,
    rule: gained.length === 0 ? "plan-unknown-role" : "plan-widens-role",
    certainty: gained.length === 0 ? "unknown" : "certain",
    environments: where?.kind === "inside" ? where.environments : [],
    role: name ?? null,
    message:
      gained.length === 0
        ? `changes ${name ?? "a custom role"}, and what it may do is known after apply only`
        : `lets everybody who holds ${name ?? "a custom role"} use ${gained.join(", ")}`,
    fix: `make another role for it, and grant that where the matrix says so`,
    ...(where?.kind === "inside" ? { at: declared.projects.get(where.project)?.place } : {}),
  };
}
