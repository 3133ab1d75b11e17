import { calleeKinds } from "../callees/registry.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Draft, RowMember } from "./draft.ts";

type Owned = Pick<Service, "image" | "kind" | "mode" | "stage" | "project">;

/** Whether Terraform holds the row of a service. */
export function ownsRow({ mode, stage }: Pick<Service, "mode" | "stage">): boolean {
  return mode !== "observe" && stage !== "planned";
}

/** Whether Terraform makes the Cloud Run service itself, with its account, ingress, invoker check and proxy. */
export function ownsService(service: Owned): boolean {
  return service.image !== undefined && calleeKinds[service.kind].terraformMakes && ownsRow(service);
}

/** An outstanding apply that adds to the row explains what is missing in it: unless it was there once. */
export function addedToRow(service: Owned, grant: RowMember): Pick<Draft, "pending"> {
  return ownsRow(service) ? { pending: { kind: "addition", stack: service.project.stack, grant } } : {};
}

/** An outstanding apply that sets up the service explains how it differs. */
export function addedToService(service: Owned): Pick<Draft, "pending"> {
  return ownsService(service) ? { pending: { kind: "addition", stack: service.project.stack } } : {};
}
