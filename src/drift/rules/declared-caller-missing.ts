import type { Path, Row } from "../../access/access.ts";
import { LiveIndex } from "../../access/live-index.ts";
import type { RowMember } from "../../matrix/model/row-members.ts";
import type { Draft } from "../draft.ts";
import type { DriftContext, Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { subject } from "../grant-drafts.ts";
import { missingAtIap } from "../missing-at-iap.ts";
import { grantCommand } from "../run-command.ts";
import { setAround } from "../set-around.ts";
import { addedToRow } from "../terraform-owns.ts";

/** The row of a service lacks a member that the matrix puts there, or something takes its effect away. */
export const declaredCallerMissing: DriftRule = {
  id: "declared-caller-missing",
  severity: "error",
  summary: "a declared caller has no grant on the service, so its calls fail or depend on something else",
  criteria: ["CC6.1"],
  *check(context) {
    const index = new LiveIndex(context.snapshot, context.access.services);
    for (const live of context.live) {
      const { declared, service } = live;
      // What was not read is named as unread; a missing binding in it proves nothing.
      if (declared === undefined || declared.stage === "planned" || service.record.policy.status !== "read") continue;
      const rows = context.rowsOf(service).filter(({ ring }) => ring === "direct");
      const byPrincipal = new Map(rows.map((row) => [row.principal, row]));
      for (const [principal, member] of context.declaredMembers(declared.key)) {
        // That is what declared-public-closed is about.
        if (member.why === "public") continue;
        const row = byPrincipal.get(principal);
        const draft = judge(context, live, principal, member, row, row ?? setAround(principal, rows, index));
        if (draft !== undefined) yield draft;
      }
      yield* missingAtIap(live, context, index);
    }
  },
};

function judge(
  context: DriftContext,
  live: Live,
  principal: string,
  member: RowMember,
  row: Row | undefined,
  /** The row by which it may call all the same: its own, or that of a set that holds it. */
  other: Row | undefined,
): Draft | undefined {
  const { declared, service, name } = live;
  if (declared === undefined) return undefined;
  const { region } = service.record;
  const who = {
    "iap agent": `the agent of Identity-Aware Proxy (${principal})`,
    "previous account": `the previous account of ${member.caller} (${principal})`,
    declared: subject(principal, context),
    public: subject(principal, context),
  }[member.why];
  const own = row?.paths.find((path) => context.standingOf(row, path).kind === "declared");
  const isManaged = row !== undefined && member.why === "iap agent" && row.verdict === "allowed";
  const shared = {
    services: [name],
    principal,
    ...(member.caller === "" ? {} : { caller: member.caller }),
    resource: service.resource,
    role: declared.invokerRole,
    identity: [service.resource, declared.invokerRole, principal],
    at: declared.declared.place,
  };
  if (row?.verdict === "denied") {
    return {
      ...shared,
      message: `${who} is declared to call ${name} in ${region}, and a deny policy stops it`,
      fix: "correct the deny policy, or delete the edge",
      paths: row.paths,
    };
  }
  if (own !== undefined || isManaged) return undefined;
  const fix = fixOf(live, principal);
  if (other === undefined) {
    const isDispensable = member.why === "previous account";
    return {
      ...shared,
      ...(isDispensable ? { severity: "warning" as const } : {}),
      message: `${who} is declared to call ${name} in ${region}, and holds no grant for it`,
      fix,
      ...addedToRow(declared, { resource: service.resource, role: declared.invokerRole, member: principal }),
    };
  }
  return {
    ...shared,
    severity: "warning",
    message: `${who} is declared to call ${name} in ${region}, holds no ${declared.invokerRole} on it, and may call only because ${wayOf(other, service.resource)}`,
    fix,
    paths: other.paths,
    ...addedToRow(declared, { resource: service.resource, role: declared.invokerRole, member: principal }),
  };
}

function wayOf({ paths }: Row, resource: string): string {
  const [first]: readonly (Path | undefined)[] = paths;
  const hop = first?.hops[0];
  if (hop === undefined || hop.role === null) return "its invoker check is off";
  return `${hop.member} has ${hop.role} on ${hop.resource === resource ? "it" : hop.resource}`;
}

function fixOf({ service, declared }: Live, principal: string): string {
  const command = grantCommand(service, declared?.invokerRole ?? "", principal);
  return declared?.mode === "observe" ? command : `apply what matrix synth writes; or ${command}`;
}
