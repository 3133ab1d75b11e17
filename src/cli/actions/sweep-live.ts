import type { LiveSettings } from "../../gcp/read-settings.ts";
import type { World } from "../../matrix/model/world.ts";
import { askGoogle } from "../ask-google.ts";
import type { ReadingOptions } from "../read-live.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";

/** A project to read. */
export interface LiveProject {
  readonly id: string;
  readonly number: string | null;
}

/** The projects of an environment. */
export function projectsOf({ environment }: World): readonly LiveProject[] {
  return environment.projects.map(({ id, number }) => ({ id, number: number ?? null }));
}

/** @throws UsageError where a name cannot be that of a project */
export function projectsNamed(names: readonly string[]): readonly LiveProject[] {
  const odd = names.find((name) => !/^[a-z][a-z0-9:.-]+$/.test(name));
  if (odd !== undefined)
    throw new UsageError(`"${odd}" is no id of a project`, "write it as the console does, like acme-prod");
  return [...new Set(names)].sort().map((id) => ({ id, number: null }));
}

/** Reads the settings of services and jobs. Undefined where nothing could be read at all, of which the reason is said by then. */
export async function readLiveSettings(
  session: Session,
  projects: readonly LiveProject[],
  { impersonateServiceAccount, timeout }: ReadingOptions,
): Promise<LiveSettings | undefined> {
  const impersonate = impersonateServiceAccount === undefined ? {} : { impersonate: impersonateServiceAccount };
  return askGoogle(session, timeout, ({ readSettings }, deps) => readSettings({ projects, ...impersonate }, deps));
}
