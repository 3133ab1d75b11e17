import type { AccountRecord, ProjectRecord } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { compareText } from "../words/compare-text.ts";
import { findAccountHome } from "./account-emails.ts";
import type { ApiClient } from "./api-client.ts";
import type { ProjectContext } from "./project-context.ts";
import type { BareContainer } from "./read-containers.ts";
import { readAccount, readAccountGrants } from "./read-accounts.ts";
import { hasValue, mapReading, withDoubts } from "./reading.ts";

/**
 * Accounts that no list named, each asked for alone. Of those whose project is read, keys and policy too: the list
 * should have had them. The same of those that somebody outside is declared to act as, wherever they live.
 */
export async function readUnlisted(
  client: ApiClient,
  contexts: readonly ProjectContext[],
  emails: readonly string[],
  actedAs: ReadonlySet<string>,
): Promise<readonly AccountRecord[]> {
  const records = await Promise.all(
    emails.map(async (email): Promise<readonly AccountRecord[]> => {
      const details = await readAccount(client, email);
      if (details === undefined) return [];
      const home = homeOf(email, contexts) ?? (actedAs.has(email) ? findAccountHome(email) : undefined);
      // Where the account itself may not be read, its policy may be.
      if (home === undefined || (hasValue(details) ? details.value === null : !actedAs.has(email)))
        return [{ email, details }];
      const grants = await readAccountGrants(client, home.project, email);
      return grants === null ? [{ email, details: { status: "read", value: null } }] : [{ email, details, ...grants }];
    }),
  );
  return records.flat();
}

/** The projects that accounts live in, by address, and that were not read: who may mint tokens there may for the account. */
export function homesElsewhere(
  emails: readonly string[],
  containers: ReadonlyMap<string, BareContainer>,
): readonly string[] {
  const numbers = new Set([...containers.values()].flatMap(({ details }) => valueOf(details)?.number ?? []));
  const homes = emails.flatMap((email) => findAccountHome(email.toLowerCase())?.project ?? []);
  return [...new Set(homes.filter((home) => !numbers.has(home)).map((home) => `projects/${home}`))]
    .filter((resource) => !containers.has(resource))
    .sort(compareText);
}

/** The projects, with every account that lives there and that their lists lack: such a list is not complete. */
export function amendAccountLists(
  projects: readonly ProjectRecord[],
  contexts: readonly ProjectContext[],
  unlisted: readonly AccountRecord[],
): readonly ProjectRecord[] {
  const existing = unlisted.filter(({ details }) => hasValue(details) && details.value !== null);
  return projects.map((project) => {
    const lacking = existing
      .map(({ email }) => email)
      .filter((email) => homeOf(email, contexts)?.project === project.project);
    if (lacking.length === 0) return project;
    const all = mapReading(project.accounts, (emails) => [...emails, ...lacking].sort(compareText));
    return {
      ...project,
      accounts: withDoubts(
        all,
        lacking.map((email) => `the list lacks ${email}, which exists`),
      ),
    };
  });
}

/** The project among these that the account lives in, by its address. */
export function homeOf(email: string, contexts: readonly ProjectContext[]): ProjectContext | undefined {
  const home = findAccountHome(email)?.project;
  return contexts.find(({ project, number }) => project === home || number === home);
}
