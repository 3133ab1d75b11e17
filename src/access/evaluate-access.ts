import { isBehindIap } from "./doors.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import type { Access, LiveService, OddGrant, Row } from "./access.ts";
import { Actors } from "./actors.ts";
import { BecomingReader } from "./becoming.ts";
import { DenyReader } from "./deny.ts";
import { GrantReader } from "./grants.ts";
import { IndirectReader } from "./indirect.ts";
import { LiveIndex } from "./live-index.ts";
import { serviceResource } from "./run-resource.ts";
import { behindIap, RowReader } from "./service-rows.ts";
import { UnreadList } from "./unread.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { defaultComputeAccount } from "./default-accounts.ts";

export interface AccessOptions {
  /** The moment at which conditions are judged. */
  readonly asOf: Instant;
  /** For which services, by resource, the indirect ring is searched. */
  readonly indirect: ReadonlySet<string> | "all" | "none";
}

/** Who can invoke what, by everything that a snapshot holds. Pure, and the same for the same snapshot and moment. */
export function evaluateAccess(snapshot: Snapshot, { asOf, indirect }: AccessOptions): Access {
  const services = listServices(snapshot);
  const index = new LiveIndex(snapshot, services);
  const grants = new GrantReader(index, asOf);
  const deny = new DenyReader(index);
  const reader = new RowReader(index, grants, deny);
  const unread = new UnreadList(index);
  const odd = new OddGrantList();
  const actors = new Actors(index, grants, snapshot);
  const becoming = new BecomingReader(index, { grants, deny, actors }, services);
  const indirectReader = new IndirectReader(index, becoming, actors);
  const rows: Row[] = [];
  const direct: Row[] = [];
  for (const service of services) {
    const own = reader.rowsOf(service, "direct");
    const iap = isBehindIap(service.record) ? reader.rowsOf(service, "iap") : undefined;
    const directRows = iap === undefined ? own.rows : behindIap(own.rows, iap.rows, service, index);
    for (const row of directRows) rows.push(row);
    for (const row of iap?.rows ?? []) rows.push(row);
    if (indirect === "all" || (indirect !== "none" && indirect.has(service.resource))) {
      for (const row of indirectReader.rowsOf(service, directRows)) rows.push(row);
    }
    for (const grant of [...own.odd, ...(iap?.odd ?? [])]) odd.add(grant, service);
    unread.noteService(service, own, iap);
    for (const row of directRows) direct.push(row);
  }
  unread.noteInventory(snapshot, services);
  unread.noteAccounts(direct);
  return { services, rows, oddGrants: odd.entries(), unread: unread.entries() };
}

/** Everything that was found to run, in its one order. */
export function listServices({ containers, projects }: Snapshot): readonly LiveService[] {
  const numbers = new Map(containers.map(({ resource, details }) => [resource, valueOf(details)?.number]));
  return projects
    .flatMap(({ project, services, jobs }) => {
      const number = numbers.get(`projects/${project}`);
      const fallback = number === undefined ? undefined : defaultComputeAccount(number);
      return [...(valueOf(services) ?? []), ...(valueOf(jobs) ?? [])].map((record): LiveService => ({
        resource: serviceResource(project, record),
        project,
        account: record.account?.toLowerCase() ?? fallback,
        record,
      }));
    })
    .sort((a, b) => compareText(a.project, b.project) || compareText(a.resource, b.resource));
}

/** Odd grants with the services below each. */
class OddGrantList {
  readonly #found = new Map<string, { readonly grant: Omit<OddGrant, "services">; readonly services: LiveService[] }>();

  add(grant: Omit<OddGrant, "services">, service: LiveService): void {
    const { oddity, hop } = grant;
    const key = JSON.stringify([hop.resource, hop.role, hop.member, hop.condition, oddity]);
    const before = this.#found.get(key);
    if (before === undefined) this.#found.set(key, { grant, services: [service] });
    // Both rings may show the same grant at one service.
    else if (before.services.at(-1) !== service) before.services.push(service);
  }

  entries(): readonly OddGrant[] {
    return [...this.#found]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { grant, services }]) => ({ ...grant, services }));
  }
}
