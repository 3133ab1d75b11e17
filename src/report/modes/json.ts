import type {
  Activity,
  EnvironmentModes,
  RowMemberStep,
  RowPlace,
  RowStep,
  ServiceModes,
} from "../../modes/modes-report.ts";
import { formatJson } from "../json/format-json.ts";
import type { ModesFormatter } from "./modes-format.ts";

/** For programs, as `schemas/modes.schema.json` says. Every key is always there; what is not known is null. */
export const json: ModesFormatter = ({ matrix, asOf, snapshot, complete, environments }, { version }) =>
  formatJson({
    schema: "matrix/modes/v1",
    matrix,
    asOf,
    snapshot: snapshot === null ? null : { finishedAt: snapshot.finishedAt, sha256: snapshot.sha256 },
    complete,
    environments: environments.map(environment),
    version,
  });

function environment({ environment: name, summary, services }: EnvironmentModes): object {
  const { observe, add, enforce } = summary;
  return { environment: name, summary: { observe, add, enforce }, services: services.map(service) };
}

function service({ service: name, owner, mode, stage, elsewhere, row, account }: ServiceModes): object {
  const { manage, email, elsewhere: accountElsewhere, step } = account;
  return {
    service: name,
    owner: owner ?? null,
    mode,
    stage,
    elsewhere,
    next: row === undefined ? null : next(row),
    account: {
      manage,
      email,
      elsewhere: accountElsewhere,
      own:
        step === undefined
          ? null
          : {
              email: step.to,
              exists: step.exists ?? null,
              callees: step.callees,
              sharedWith: step.sharedWith,
              isPrevious: step.isPrevious,
            },
    },
  };
}

function next({ to, role, places }: RowStep): object {
  return { mode: to, role, rows: places?.map(rowAt) ?? null };
}

function rowAt({ region, live, reason, adds, removes, conditional }: RowPlace): object {
  // What was not read is not known to be empty.
  const known = (members: readonly RowMemberStep[]): readonly object[] | null =>
    live === "unread" ? null : members.map(member);
  return {
    region,
    live,
    reason: reason ?? null,
    adds: known(adds),
    removes: known(removes),
    conditional: known(conditional),
  };
}

function member({ principal, names, activity }: RowMemberStep): object {
  return { principal, names, activity: activity.known, lastAuthenticated: lastOf(activity) };
}

function lastOf(activity: Activity): string | null {
  return activity.known === "seen" ? activity.at : null;
}
