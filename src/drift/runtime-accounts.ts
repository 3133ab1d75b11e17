import type { LiveService } from "../access/access.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** Whether an account is one of those that a project gets by itself. */
export function isDefaultAccount(email: string): boolean {
  return /^\d+-compute@developer\.gserviceaccount\.com$/.test(email) || email.endsWith("@appspot.gserviceaccount.com");
}

/** The email that a service runs as; undefined where it is the default one of a project whose number was not read. */
export function runtimeAccountOf({ project, record }: LiveService, snapshot: Snapshot): string | undefined {
  if (record.account !== null) return record.account.toLowerCase();
  const number = numbersOf(snapshot).get(project);
  // docs: /run/docs/securing/service-identity
  return number === undefined ? undefined : `${number}-compute@developer.gserviceaccount.com`;
}

const known = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** The numbers of the projects of a snapshot, by id. */
function numbersOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  let numbers = known.get(snapshot);
  if (numbers === undefined) {
    numbers = new Map(
      snapshot.containers.flatMap(({ resource, details }) => {
        const number = valueOf(details)?.number;
        return resource.startsWith("projects/") && number !== undefined
          ? [[resource.slice("projects/".length), number] as const]
          : [];
      }),
    );
    known.set(snapshot, numbers);
  }
  return numbers;
}
