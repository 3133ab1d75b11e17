import { calleeKinds } from "../callees/registry.ts";
import type { Service } from "../matrix/model/world.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import type { AccessChange, OtherChange, SettingChange, Who } from "./changes-report.ts";
import type { InForce } from "./in-force.ts";
import { isInside, rowOf, standingOf, wayInto } from "./judge-grant-event.ts";
import { emailOf } from "./read-settings.ts";
import type { RoleWays } from "./role-ways.ts";
import type { GrantEvent, Mark, OtherEvent, SettingEvent } from "./timeline.ts";

export interface Judge {
  readonly inForce: (at: Instant) => InForce;
  readonly roles: RoleWays;
  readonly appliers: ReadonlySet<string>;
}

export function whoOf({ actor }: Mark, { appliers }: Pick<Judge, "appliers">): Who {
  const { principal, delegation, userAgent } = actor;
  const bare = principal?.replace(/^(?:user|serviceAccount):/, "").toLowerCase();
  return { principal, delegation, userAgent, isApplier: bare !== undefined && appliers.has(bare) };
}

function told(mark: Mark, judge: Judge) {
  return { at: formatInstant(mark.at), who: whoOf(mark, judge), entry: mark.entry, method: mark.method };
}

/** A grant or removal beside the matrix in force. Undefined where it opens nothing in the environment. */
export function judgeGrantEvent(event: GrantEvent, judge: Judge): AccessChange | undefined {
  const { resource, grant, kind, mark } = event;
  const inForce = judge.inForce(mark.at);
  const declared = inForce.kind === "known" ? inForce.declared : undefined;
  const way =
    declared === undefined ? judge.roles.wayOf(grant.role, resource.level) : wayInto(event, declared, judge.roles);
  if (way === undefined) return undefined;
  const { standing, declaredBy, service } =
    declared === undefined
      ? {
          standing: inForce.kind === "none" ? ("undeclared" as const) : ("unknown" as const),
          declaredBy: null,
          service: null,
        }
      : standingOf(event, declared);
  const against = kind === "removed" ? standing === "declared" : standing === "undeclared" || standing === "expired";
  // What stands as the matrix says is no news.
  if (kind === "holds" && !against && standing !== "unknown") return undefined;
  return {
    ...told(mark, judge),
    change: kind,
    resource: resource.name,
    level: resource.level,
    service,
    role: grant.role,
    member: grant.member,
    condition: grant.condition?.expression ?? null,
    relevance: way === "invoke" || way === "pass-iap" ? "opens" : "may-open",
    way,
    standing,
    declaredBy,
    commit: inForce.kind === "unknown" ? null : inForce.commit,
    against,
    sure: event.isSure,
    source: event.source,
  };
}

/** A setting beside the matrix in force. Undefined for a service outside of the environment. */
export function judgeSettingEvent(event: SettingEvent, judge: Judge): SettingChange | undefined {
  const { resource, setting, before, after, mark } = event;
  const inForce = judge.inForce(mark.at);
  if (inForce.kind === "known" && !isInside(resource, inForce.declared)) return undefined;
  const row = inForce.kind === "known" ? rowOf(resource, inForce.declared) : undefined;
  const wanted = row === undefined ? undefined : wantedValue(event, row.service);
  const standing =
    inForce.kind === "unknown"
      ? "unknown"
      : row === undefined
        ? "undeclared"
        : wanted === undefined
          ? "unsaid"
          : wanted.includes(after)
            ? "declared"
            : "undeclared";
  // What is gone lets nobody in.
  const against = standing === "undeclared" && setting !== "deleted";
  if (!event.isSure && (!against || (row === undefined && isDefault(event)))) return undefined;
  return {
    ...told(mark, judge),
    resource: resource.name,
    service: row?.service.key ?? null,
    setting,
    before,
    after,
    standing,
    declared: wanted?.[0] ?? null,
    commit: inForce.kind === "unknown" ? null : inForce.commit,
    against,
    sure: event.isSure,
  };
}

/** The values that the matrix wants, the first one foremost; undefined where it does not speak of the setting. */
function wantedValue({ setting, after }: SettingEvent, service: Service): readonly (string | null)[] | undefined {
  switch (setting) {
    case "ingress":
      return calleeKinds[service.kind].takesRequests ? [service.ingress] : undefined;
    case "invokerCheckDisabled":
      return [String(service.public?.via === "no-invoker-check")];
    case "iapEnabled":
      return [String(service.iap === "service")];
    case "account": {
      const email = emailOf(service.account.email);
      return [email ?? "the default account", ...service.previousAccounts.map((each) => emailOf(each.email))];
    }
    case "created":
      return [after];
    default:
      return undefined;
  }
}

/** What Cloud Run takes where nobody says. */
function isDefault({ after }: SettingEvent): boolean {
  return after === "all" || after === "false" || after === "the default account";
}

export function tellOther({ what, resource, detail, mayOpen, mark }: OtherEvent, judge: Judge): OtherChange {
  return { ...told(mark, judge), what, resource, detail, mayOpen };
}
