import type { Row } from "../../access/access.ts";
import { parseMember } from "../../access/member.ts";
import type { RowMember } from "../../matrix/model/row-members.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import type { Draft } from "../draft.ts";
import type { DriftContext, Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { subject } from "../grant-drafts.ts";

/** The row of a service lacks a member that the matrix puts there, or something takes its effect away. */
export const declaredCallerMissing: DriftRule = {
  id: "declared-caller-missing",
  severity: "error",
  summary: "a declared caller has no grant on the service, so its calls fail or depend on something else",
  criteria: ["CC6.1"],
  *check(context) {
    for (const live of context.live) {
      const { declared, service } = live;
      // What was not read is named as unread; a missing binding in it proves nothing.
      if (declared === undefined || declared.stage === "planned" || !("value" in service.record.policy)) continue;
      const rows = context.rowsOf(service).filter(({ ring }) => ring === "direct");
      const byPrincipal = new Map(rows.map((row) => [row.principal, row]));
      for (const [principal, member] of context.declaredMembers(declared.key)) {
        if (member.why === "public") continue;
        const row = byPrincipal.get(principal);
        const draft = judge(context, live, principal, member, row);
        if (draft !== undefined) yield draft;
      }
    }
  },
};

function judge(
  context: DriftContext,
  live: Live,
  principal: string,
  member: RowMember,
  row: Row | undefined,
): Draft | undefined {
  const { declared, service, name } = live;
  if (declared === undefined) return undefined;
  const { region } = service.record;
  const who =
    member.why === "iap agent" ? `the agent of Identity-Aware Proxy (${principal})` : subject(principal, context);
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
      paths: row.paths,
    };
  }
  if (own !== undefined || isManaged) return undefined;
  const fix = addCommand(live, declared.invokerRole, principal);
  const pending = { kind: "addition" as const, stack: declared.project.stack };
  if (row === undefined) {
    const isDispensable = member.why === "previous account";
    return {
      ...shared,
      ...(isDispensable ? { severity: "warning" as const } : {}),
      message: `${who} is declared to call ${name} in ${region}, and holds no grant for it`,
      fix,
      pending,
    };
  }
  const [other] = row.paths;
  const hop = other?.hops[0];
  const way = hop?.role == null ? "the invoker check is off" : `of ${hop.role} on ${hop.resource}`;
  return {
    ...shared,
    severity: "warning",
    message: `${who} is declared to call ${name} in ${region}, holds no ${declared.invokerRole} on it, and may call only because ${way}`,
    fix,
    paths: row.paths,
    pending,
  };
}

function addCommand({ service, declared }: Live, role: string, principal: string): string {
  const apply = declared?.mode === "observe" ? "" : "apply what matrix synth writes; or ";
  const kind = service.record.kind === "job" ? "jobs" : "services";
  const words = ["gcloud", "run", kind, "add-iam-policy-binding", service.record.name];
  const on = ["--region", service.record.region, "--project", service.project];
  return `${apply}${shellCommand([...words, ...on, `--member=${parseMember(principal).principal}`, `--role=${role}`])}`;
}
