import type { Row } from "../access/access.ts";
import type { LiveIndex } from "../access/live-index.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { Service } from "../matrix/model/world.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import type { Draft } from "./draft.ts";
import { type DriftContext, IAP_ROLE, type Live } from "./drift-context.ts";
import { subject } from "./grant-drafts.ts";
import { addedToRow, ownsRow } from "./terraform-owns.ts";
import { setAround } from "./set-around.ts";

/** Callers that are declared to come through Identity-Aware Proxy on the service itself, and may not pass it. */
export function* missingAtIap(
  { service, declared, name }: Live,
  context: DriftContext,
  index: LiveIndex,
): Iterable<Draft> {
  const { iap, iapEnabled, region } = service.record;
  // What stands before a load balancer is not read.
  if (declared?.iap !== "service" || !iapEnabled || iap?.policy.status !== "read") return;
  const rows = context.rowsOf(service).filter(({ ring, verdict }) => ring === "iap" && verdict !== "denied");
  for (const { caller, callee, clause } of context.world.holding) {
    if (callee !== declared.key || clause.through !== "iap") continue;
    const principal = principalIn(context.world, caller);
    if (principal === undefined) continue;
    const row = rows.find((each) => each.principal === principal);
    const around = row ?? setAround(principal, rows, index);
    const condition = around === undefined ? undefined : onlyCondition(around);
    if (around !== undefined && condition === undefined) continue;
    const lack = condition === undefined ? "may not pass it" : `may pass it under a condition only (${condition})`;
    yield {
      ...(around === undefined ? {} : { severity: "warning" as const, paths: around.paths }),
      message: `${subject(principal, context)} is declared to come to ${name} in ${region} through Identity-Aware Proxy, and ${lack}`,
      fix: fixOf(service, declared, principal),
      services: [name],
      principal,
      caller,
      resource: iap.resource,
      role: IAP_ROLE,
      identity: [iap.resource, IAP_ROLE, principal],
      at: declared.declared.place,
      ...addedToRow(declared, { resource: service.resource, role: IAP_ROLE, member: principal }),
    };
  }
}

/** The condition without which whoever comes would not pass; undefined where another way has none. */
function onlyCondition({ paths }: Row): string | undefined {
  const conditions = paths.map(({ hops }) => hops.find(({ condition }) => condition !== null)?.condition);
  return conditions.every((each) => each !== undefined) ? (conditions[0] ?? undefined) : undefined;
}

function fixOf(service: Live["service"], declared: Pick<Service, "mode" | "stage">, principal: string): string {
  const command = passCommand(service, principal);
  return ownsRow(declared) ? `apply what matrix synth writes; or ${command}` : command;
}

function passCommand({ record, project }: Live["service"], principal: string): string {
  const place = [
    "--resource-type=cloud-run",
    "--service",
    record.name,
    "--region",
    record.region,
    "--project",
    project,
  ];
  const grant = [`--member=${principal}`, `--role=${IAP_ROLE}`];
  return shellCommand(["gcloud", "iap", "web", "add-iam-policy-binding", ...place, ...grant]);
}
