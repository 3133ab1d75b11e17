import { parseMember } from "../../access/member.ts";
import type { RunningService } from "../../drift/drift-report.ts";
import { INTERNET } from "../../matrix/model/match-selector.ts";
import { principalIn } from "../../matrix/model/principal-of.ts";
import { identitiesOf, namesOf, principalNamed } from "../identities.ts";
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
export function findParties({ matrix, world, live, caller, callee }: ExplainQuestion): {
  readonly caller: Caller;
  readonly callee: Callee;
} {
  const service = world.services.get(callee);
  const running = service === undefined ? live?.drift.running.find(({ resource }) => resource === callee) : undefined;
  return {
    caller: findCaller(caller, { matrix, world, live }),
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

function findCaller(id: string, { matrix, world, live }: Pick<ExplainQuestion, "matrix" | "world" | "live">): Caller {
  const principal = principalFor(id, { world, live });
  const member = parseMember(principal);
  // An account that is named by its address is that account alone; what it is called, and for whom it calls, the matrix tells.
  const key =
    namesOf(id, world, matrix.asOf).find((name) => name === id || principalIn(world, name) === principal) ?? null;
  const isNamed = key !== null && key !== INTERNET;
  return {
    name: id,
    key: isNamed ? key : null,
    principal,
    identities: [...identitiesOf(id, live?.drift ?? null, world)],
    email: member.kind === "serviceAccount" ? member.email : undefined,
    service: isNamed ? world.services.get(key) : undefined,
    other: isNamed ? world.callers.get(key) : undefined,
  };
}

function principalFor(id: string, { world, live }: Pick<ExplainQuestion, "world" | "live">): string {
  if (id === INTERNET) return "allUsers";
  const named = principalIn(world, id);
  if (named !== undefined) return named;
  // What only runs calls as the account that it runs as.
  const account = live?.drift.running.find(({ resource }) => resource === id)?.account;
  return account == null ? principalNamed(id) : parseMember(`serviceAccount:${account}`).principal;
}
