import type { Project } from "../matrix/model/environment.ts";
import type { Need } from "./setting.ts";

/** Whoever attaches an account to something has to be let. docs: /iam/docs/service-accounts-actas */
export function mayAttach(who: string): Need {
  return {
    by: "hand",
    role: "roles/iam.serviceAccountUser",
    member: { principal: "serviceAccount:DEPLOYER" },
    on: "account",
    when: `for whoever ${who}, a service account or user:EMAIL`,
  };
}

/** What a product's own agent holds from the day on which its API is switched on. docs: /iam/docs/service-agents */
export function agentNeed(project: Project | undefined, product: string, what: string): Need {
  return {
    by: "hand",
    role: `roles/${product}.serviceAgent`,
    member: { principal: agentOf(project, `gcp-sa-${product}`) },
    on: "project",
    when: `only where somebody revoked it, which ${what}`,
  };
}

/** Pushes are signed in the name of the account by Pub/Sub's agent. docs: /eventarc/standard/docs/run/roles-permissions */
export function oldPubsubAgent(project: Project | undefined): Need {
  return {
    by: "hand",
    role: "roles/iam.serviceAccountTokenCreator",
    member: { principal: agentOf(project, "gcp-sa-pubsub") },
    on: "account",
    when: "only where the project's Pub/Sub agent was enabled on or before 2021-04-08",
  };
}

/** The service agent of a project; NUMBER where the project's is not known. */
export function agentOf(project: Project | undefined, agent: string): string {
  return `serviceAccount:service-${project?.number ?? "NUMBER"}@${agent}.iam.gserviceaccount.com`;
}
