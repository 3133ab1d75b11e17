import { serviceUrl } from "../callees/service-url.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** Where a service is called in a region, and what is not sure of it; or why that is not known. */
export type Address = { readonly url: string; readonly doubt: string | null } | { readonly obstacle: string };

/** The URL of a service: as a snapshot has it, else as it follows from the project's number. */
export function findAddress(service: Service, region: string, snapshot: Snapshot | undefined): Address {
  const project = snapshot?.projects.find((each) => each.project === service.project.id);
  const record = valueOf(project?.services)?.find((each) => each.region === region && each.name === service.name);
  if (record?.defaultUrlDisabled === true) return { obstacle: "its run.app URL is switched off" };
  const { url, doubt } = serviceUrl(service, region, record);
  if (url !== undefined) return { url, doubt };
  if (service.name.includes("---") && doubt !== null) return { obstacle: doubt };
  const what = record === undefined ? "" : ", and the snapshot has none that is its own under run.app";
  return { obstacle: `its URL is not known${what}: write the project's number, or give a snapshot` };
}
