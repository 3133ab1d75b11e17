import { calleeKinds } from "../callees/registry.ts";
import type { AccountRecord, ProjectRecord, Reading, ServiceRecord } from "../snapshot/snapshot.ts";
import { count } from "../words/enumerate-words.ts";
import type { ProjectContext } from "./project-context.ts";
import { listAccounts, readAccountGrants } from "./read-accounts.ts";
import { readIapLevels } from "./read-iap.ts";
import { readPools } from "./read-pools.ts";
import { type ExpectedService, readServices } from "./read-services.ts";
import { hasValue, mapReading, withNote } from "./reading.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** A service of the matrix, which ought to be found. */
export interface ExpectedInProject extends ExpectedService {
  readonly project: string;
  readonly kind: ServiceRecord["kind"];
}

export interface ProjectReading {
  readonly record: ProjectRecord;
  /** The accounts that the project lists, with their keys and policies. */
  readonly accounts: readonly AccountRecord[];
}

/** Everything that runs in a project, and its service accounts. */
export async function readProject(
  context: ProjectContext,
  expected: readonly ExpectedInProject[],
  progress: (message: string) => void,
): Promise<ProjectReading> {
  const mine = expected.filter(({ project }) => project === context.project);
  const [services, jobs, accounts, pools] = await Promise.all([
    readServices(
      context,
      "services",
      mine.filter(({ kind }) => calleeKinds[kind].collection === "services"),
    ),
    readServices(
      context,
      "jobs",
      mine.filter(({ kind }) => calleeKinds[kind].collection === "jobs"),
    ),
    readListedAccounts(context),
    readPools(context),
  ]);
  const iap = await readIapLevels(context, services);
  progress(
    `${context.project}: ${size(services, "service")}, ${size(jobs, "job")}, ${size(accounts.emails, "service account")}`,
  );
  const record = { project: context.project, services, jobs, accounts: accounts.emails, pools, iap };
  return { record, accounts: accounts.records };
}

async function readListedAccounts(
  context: ProjectContext,
): Promise<{ readonly emails: Reading<readonly string[]>; readonly records: readonly AccountRecord[] }> {
  const list = await listAccounts(context);
  const emails = mapReading(list, (accounts) => accounts.map(({ email }) => email));
  if (!hasValue(list)) return { emails, records: [] };
  const records = await Promise.all(
    list.value.map(async ({ email, details }): Promise<AccountRecord> => {
      const grants = await readAccountGrants(context.client, context.project, email);
      return grants === null ? { email, details: { status: "read", value: null } } : { email, details, ...grants };
    }),
  );
  const gone = records.flatMap(({ email, details }) => (valueOf(details) === null ? [email] : []));
  if (gone.length === 0) return { emails, records };
  const left = mapReading(emails, (all) => all.filter((email) => !gone.includes(email)));
  return { emails: withNote(left, `deleted while it was read: ${gone.join(", ")}`), records };
}

function size(reading: Reading<readonly unknown[]>, noun: string): string {
  return hasValue(reading) ? count(reading.value.length, noun) : `${noun}s unread`;
}
