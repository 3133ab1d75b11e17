import { findRemovals, type Removal } from "../../synth/output/find-removals.ts";
import { planResources } from "../../synth/plan/plan-resources.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { DiffContext, Judged } from "./diff-context.ts";

/** Something that Terraform would destroy, or make anew, in an environment. */
export interface TerraformRemoval extends Removal {
  readonly environment: string;
  /** The key that its service or caller has in the later version. */
  readonly subject: string;
  /** Whether the later version has that service or caller, and it still runs. */
  readonly stays: boolean;
}

/** Facts that can change which resources a stack holds. */
const kinds: ReadonlySet<ChangeKind> = new Set([
  "environment-changed",
  "environment-removed",
  "service-removed",
  "service-renamed",
  "caller-removed",
  "caller-renamed",
  "identity-changed",
  "account-changed",
  "stage-changed",
  "mode-changed",
  "service-kind-changed",
  "run-name-changed",
  "project-changed",
  "regions-changed",
  "image-changed",
  "former-names-changed",
]);

/** What applying the later version destroys of what the earlier one holds, but for what was retired before. */
export function terraformRemovals(context: DiffContext, facts: readonly Judged[]): readonly TerraformRemoval[] {
  const { before, after } = context.pair;
  const relevant = facts.filter(({ kind }) => kinds.has(kind));
  const environments = new Set(relevant.flatMap((fact) => [...fact.environments, ...ofEnvironment(fact)]));
  if (environments.size === 0) return [];
  const held = planResources(before, environments);
  const environmentOf = new Map(held.map(({ name, environment }) => [name, environment]));
  return findRemovals(held, planResources(after, environments)).flatMap((removal): readonly TerraformRemoval[] => {
    const environment = environmentOf.get(removal.stack) ?? "";
    const [sides] = context.sidesOf({ environments: [environment] });
    const then = sides?.before.service(removal.name);
    if (then !== undefined && then.stage !== "live" && then.stage !== "planned") return [];
    const subject = context.later(removal.name);
    const now = sides?.after.find(subject);
    const stays = now !== undefined && !("stage" in now && now.stage === "gone");
    return [{ ...removal, environment, subject, stays }];
  });
}

/** A change of an environment is about the one that it names. */
function ofEnvironment({ kind, subject }: Judged): readonly string[] {
  return kind.startsWith("environment-") && subject !== null ? [subject] : [];
}
