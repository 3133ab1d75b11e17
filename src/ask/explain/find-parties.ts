import { parseMember } from "../../access/member.ts";
import type { RunningService } from "../../drift/drift-report.ts";
import { INTERNET } from "../../matrix/model/match-selector.ts";
import { principalOf } from "../../matrix/model/principal-of.ts";
import type { Service } from "../../matrix/model/world.ts";
import { identitiesOf } from "../can-call.ts";
import type { Case } from "./case.ts";
import type { ExplainQuestion } from "./explain-access.ts";

export interface Caller extends Pick<
  Case["caller"],
  "name" | "principal" | "identities" | "email" | "service" | "other"
> {
  readonly key: string | null;
}

export interface Callee extends Pick<Case["callee"], "name" | "kind" | "service"> {
  /** As a grid names it. */
  readonly id: string;
  readonly key: string | null;
  /** Where the matrix does not name it: what runs under that name. */
  readonly running: RunningService | undefined;
}

/** Who the two are that a question names. */
export function findParties({ world, live, caller, callee }: ExplainQuestion): {
  readonly caller: Caller;
  readonly callee: Callee;
} {
  const service = world.services.get(callee);
  const running = service === undefined ? live?.drift.running.find(({ resource }) => resource === callee) : undefined;
  return {
    caller: findCaller(caller, { world, live }),
    callee: {
      id: callee,
      key: service?.key ?? null,
      name: service?.key ?? running?.name ?? callee,
      kind: service?.kind ?? running?.kind ?? "service",
      service,
      running,
    },
  };
}

function findCaller(id: string, { world, live }: Pick<ExplainQuestion, "world" | "live">): Caller {
  const service: Service | undefined = world.services.get(id);
  const other = world.callers.get(id);
  // What only runs calls as the account that it runs as.
  const account = live?.drift.running.find(({ resource }) => resource === id)?.account;
  const named = service ?? other;
  const principal =
    named !== undefined
      ? principalOf(named)
      : id === INTERNET
        ? "allUsers"
        : parseMember(account == null ? id : `serviceAccount:${account}`).principal;
  const member = parseMember(principal);
  return {
    name: id,
    key: named === undefined ? null : id,
    principal,
    identities: [...new Set([principal, ...identitiesOf(id, live?.drift ?? null, world)])],
    email: member.kind === "serviceAccount" ? member.email : undefined,
    service,
    other,
  };
}
