import type {
  Call,
  Endpoint,
  WiredCaller,
  WiredNeed,
  WiredOutside,
  WiredSetting,
  WiringReport,
} from "../../wiring/wiring-report.ts";

/** What JSON and YAML hold, as `schemas/wiring.schema.json` says. Every key is always there; what is not known is null. */
export function wiringDocument(report: WiringReport, version: string): object {
  const { environment, matrix, asOf, snapshot, complete } = report;
  return {
    schema: "matrix/wiring/v1",
    environment,
    matrix,
    asOf,
    snapshot: snapshot === null ? null : { finishedAt: snapshot.finishedAt, sha256: snapshot.sha256 },
    complete,
    callers: report.callers.map(caller),
    version,
  };
}

function caller(each: WiredCaller): object {
  const { account } = each;
  return {
    key: each.key,
    kind: each.kind,
    description: each.description,
    owner: each.owner,
    principal: each.principal,
    account: account === null ? null : { email: account.email, manage: account.manage, live: account.live },
    previousAccounts: each.previousAccounts.map(({ email, until, isOver, sharedWith }) => ({
      email,
      until,
      over: isOver,
      sharedWith,
    })),
    runs: each.runs.map(({ region, account: as, standing, until }) => ({ region, account: as, standing, until })),
    token: { way: each.token.way, how: each.token.how },
    outside: each.outside === null ? null : outside(each.outside),
    needs: each.needs.map(need),
    settings: each.settings.map(setting),
    calls: each.calls?.map(call) ?? null,
    leftOut: each.leftOut.map(({ callee, why, expires }) => ({ callee, why, expires })),
  };
}

function outside({ kind, role, member, provider }: WiredOutside): object {
  return {
    kind,
    role,
    member,
    provider:
      provider === null
        ? null
        : {
            project: provider.project,
            pool: provider.pool,
            id: provider.id,
            name: provider.name,
            origin: provider.origin,
            disabled: provider.disabled,
            issuer: provider.issuer,
            audience: provider.audience,
            tokenFile: provider.tokenFile,
            note: provider.note,
            fetch: provider.fetch,
            credentials: provider.credentials,
          },
  };
}

function need({ by, role, member, on, when, command }: WiredNeed): object {
  return { by, role, member, on, when, command };
}

function setting({ on, fields, command }: WiredSetting): object {
  return { on, fields: fields.map(({ field, value }) => ({ field, value })), command };
}

function call(each: Call): object {
  return {
    callee: each.callee,
    kind: each.kind,
    mode: each.mode,
    role: each.role,
    reason: each.reason,
    expires: each.expires,
    through: each.through,
    proxy: each.proxy,
    credential: each.credential,
    header: each.header,
    endpoints: each.endpoints.map(endpoint),
    notes: each.notes,
  };
}

function endpoint(each: Endpoint): object {
  return {
    region: each.region,
    url: each.url,
    audience: each.audience,
    source: each.source,
    audiences: each.audiences,
    command: each.command,
    settings: each.settings.map(setting),
    live: each.live,
    letsIn: each.letsIn.map(({ principal, previous, verdict }) => ({ principal, previous, verdict })),
    notes: each.notes,
  };
}
