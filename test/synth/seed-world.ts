import { seedAccount, seedJob, seedService } from "../terraform/stub-provider/seed.ts";
import { emptyWorld, type World } from "../terraform/stub-provider/world.ts";
import { resourcesOf, type StackJson } from "./stack-json.ts";

/** What must be there before a stack can be applied: services and jobs of pipelines, accounts that others made. */
export function seedWorld(stack: StackJson): World {
  const world = emptyWorld();
  for (const { type, args } of resourcesOf(stack)) {
    const { project, location, name } = args as { project: string; location: string; name: string };
    // A name by reference is that of a service which the stack makes itself.
    if (!/^google_cloud_run_v2_(service|job)_iam_/.test(type) || name.startsWith("${")) continue;
    if (type.includes("_job_")) seedJob(world, { project, location, name });
    else seedService(world, { project, location, name });
  }
  const own = new Set(resourcesOf(stack).map(({ args }) => `${String(args["account_id"])}@${String(args["project"])}`));
  const imported = new Set((stack.import ?? []).map(({ id }) => id.split("/").at(-1)));
  for (const [email, accountId = "", project = ""] of JSON.stringify(stack).matchAll(
    /([a-z0-9-]+)@([a-z0-9-]+)\.iam\.gserviceaccount\.com/g,
  )) {
    // Agents are Google's, in no project of ours.
    if (project.startsWith("gcp-sa-")) continue;
    if (imported.has(email) || !own.has(`${accountId}@${project}`)) seedAccount(world, { project, accountId });
  }
  return world;
}
