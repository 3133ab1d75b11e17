import { formatInstant, type Instant } from "../time/instant.ts";
import { type AuditEntry, type AuditResource, grantKey, type PolicyGrant } from "./audit-entry.ts";
import { comparePolicies, type GrantMap, isChained, keyed, withRenamed } from "./deltas.ts";
import type { Gap, GapKind } from "./gap.ts";
import { settingEvents } from "./setting-events.ts";
import {
  type GrantEvent,
  type GrantInterval,
  type Mark,
  markOf,
  type OtherEvent,
  type ResourceState,
  type SettingEvent,
  type Timeline,
} from "./timeline.ts";

/**
 * Replays the entries over what was there before.
 * @param entries in order, each once
 * @param baseline what is known of the start, by resource
 */
export function buildTimeline(entries: readonly AuditEntry[], baseline: ReadonlyMap<string, ResourceState>): Timeline {
  const replay = new Replay(baseline);
  for (const entry of entries) if (!entry.isFailed) replay.apply(entry);
  return replay.end();
}

type PolicyEffect = Extract<AuditEntry["effect"], { readonly kind: "policy" }>;
type RunEffect = Extract<AuditEntry["effect"], { readonly kind: "run" }>;

class Replay {
  readonly #states: Map<string, ResourceState>;
  /** By resource and grant: since when it stands. */
  readonly #open = new Map<string, Map<string, { readonly grant: PolicyGrant; readonly begin: Mark | null }>>();
  readonly #events: GrantEvent[] = [];
  readonly #intervals: GrantInterval[] = [];
  readonly #settings: SettingEvent[] = [];
  readonly #others: OtherEvent[] = [];
  readonly #gaps: Gap[] = [];
  readonly #knownSince = new Map<string, Instant | null>();

  constructor(baseline: ReadonlyMap<string, ResourceState>) {
    this.#states = new Map(baseline);
    for (const [name, { grants }] of baseline) {
      if (grants === null) continue;
      this.#open.set(name, new Map([...grants].map(([key, grant]) => [key, { grant, begin: null }])));
      this.#knownSince.set(name, null);
    }
  }

  apply(entry: AuditEntry): void {
    const { effect } = entry;
    if (effect.kind === "policy") this.#setPolicy(entry, effect);
    else if (effect.kind === "run") this.#run(entry, effect);
    else {
      const { what, resource, detail, mayOpen } = effect;
      this.#others.push({ what, resource, detail, mayOpen, mark: markOf(entry) });
    }
  }

  end(): Timeline {
    const open = [...this.#open].flatMap(([name, grants]) => {
      const resource = this.#states.get(name)?.resource;
      return resource === undefined ? [] : [...grants.values()].map((each) => ({ resource, ...each, end: null }));
    });
    return {
      events: this.#events,
      intervals: [...this.#intervals, ...open],
      settings: this.#settings,
      others: this.#others,
      gaps: this.#gaps,
      states: this.#states,
      knownSince: this.#knownSince,
    };
  }

  #setPolicy(entry: AuditEntry, { resource, after, etag, basedOn, deltas }: PolicyEffect): void {
    const before = this.#states.get(resource.name);
    const isBroken = basedOn !== null && before?.etag != null && basedOn !== before.etag;
    if (isBroken)
      this.#gap(
        "broken-chain",
        entry,
        resource,
        before.at,
        "was based on a policy that no entry before it left: one is missing",
      );
    const known = before?.grants ?? null;
    if (deltas !== null) this.#applyDeltas(entry, resource, deltas, known);
    const expected = deltas === null ? known : this.#grantsOf(resource, known, after);
    const isSilent = after === null && deltas === null;
    const now = isSilent ? null : after === null ? expected : keyed(after);
    if (known === null && after !== null) this.#hold(entry, resource, after);
    if (isSilent)
      this.#gap("no-policy", entry, resource, null, "changed the policy, and says neither what it is nor what changed");
    else if (now !== null && expected === null)
      this.#gap(
        "no-predecessor",
        entry,
        resource,
        null,
        "is the first policy of it that is known: what it changed is not",
      );
    else if (now !== null && expected !== null)
      // Without the etag that the writer had read, any policy may have stood in between.
      this.#compare(entry, resource, expected, now, deltas !== null, !isBroken && isChained(basedOn, before));
    this.#restart(resource, now, markOf(entry));
    this.#states.set(resource.name, { resource, grants: now, etag, settings: before?.settings ?? null, at: entry.at });
  }

  /** Of the first policy that is known: what stands in it, but for what the entry says that it granted. */
  #hold(entry: AuditEntry, resource: AuditResource, after: readonly PolicyGrant[]): void {
    const open = this.#open.get(resource.name);
    for (const grant of after)
      if (open?.has(grantKey(grant)) !== true)
        this.#events.push({
          kind: "holds",
          resource,
          grant,
          mark: markOf(entry),
          isSure: false,
          source: "policies",
        });
  }

  /** What stands after the deltas: what stood is known, or else only what the entry holds. */
  #grantsOf(resource: AuditResource, known: GrantMap | null, after: readonly PolicyGrant[] | null): GrantMap | null {
    if (known === null) return after === null ? null : keyed(after);
    return new Map([...(this.#open.get(resource.name) ?? [])].map(([key, { grant }]) => [key, grant]));
  }

  #applyDeltas(
    entry: AuditEntry,
    resource: AuditResource,
    deltas: NonNullable<PolicyEffect["deltas"]>,
    known: GrantMap | null,
  ): void {
    for (const { action, grant } of deltas) {
      const there = known?.has(grantKey(grant));
      if (there === (action === "add"))
        this.#gap(
          "contradiction",
          entry,
          resource,
          this.#states.get(resource.name)?.at ?? null,
          `${action === "add" ? "adds what was there already" : "removes what was not there"}: ${grant.member} with ${grant.role}`,
        );
      this.#event(action === "add" ? "granted" : "removed", resource, grant, markOf(entry), true, "delta");
    }
  }

  #compare(
    entry: AuditEntry,
    resource: AuditResource,
    expected: GrantMap,
    now: GrantMap,
    hasDeltas: boolean,
    isChainedOn: boolean,
  ): void {
    const { added, removed } = comparePolicies(withRenamed(expected, now), now);
    if (hasDeltas && added.length + removed.length > 0)
      this.#gap(
        "contradiction",
        entry,
        resource,
        this.#states.get(resource.name)?.at ?? null,
        "left a policy that the entries before it do not explain: one is missing",
      );
    const isSure = isChainedOn && !hasDeltas;
    for (const grant of removed) this.#event("removed", resource, grant, markOf(entry), isSure, "policies");
    for (const grant of added) this.#event("granted", resource, grant, markOf(entry), isSure, "policies");
  }

  #run(entry: AuditEntry, { resource, verb, settings }: RunEffect): void {
    const before = this.#states.get(resource.name);
    const mark = markOf(entry);
    if (verb === "deleted")
      for (const { grant } of this.#open.get(resource.name)?.values() ?? [])
        this.#event("removed", resource, grant, mark, true, "deleted");
    const told = settingEvents(before?.settings ?? null, { resource, verb, settings, mark });
    this.#settings.push(...told.events);
    if (told.isUnknown)
      this.#gap(
        "no-predecessor",
        entry,
        resource,
        null,
        "is the first deployment of it that is known: which settings it changed is not",
      );
    // What is new, and what is gone, has no policy.
    const isNew = verb !== "updated";
    if (isNew) this.#restart(resource, new Map(), mark);
    this.#states.set(resource.name, {
      resource,
      grants: isNew ? new Map() : (before?.grants ?? null),
      etag: isNew ? null : (before?.etag ?? null),
      settings: told.settings,
      at: isNew ? entry.at : (before?.at ?? null),
      isGone: verb === "deleted",
    });
  }

  #event(
    kind: "granted" | "removed",
    resource: AuditResource,
    grant: PolicyGrant,
    mark: Mark,
    isSure: boolean,
    source: GrantEvent["source"],
  ): void {
    this.#events.push({ kind, resource, grant, mark, isSure, source });
    const open = this.#open.get(resource.name) ?? new Map();
    this.#open.set(resource.name, open);
    const key = grantKey(grant);
    const stood = open.get(key);
    if (kind === "granted") {
      if (stood === undefined) open.set(key, { grant, begin: mark });
      return;
    }
    this.#intervals.push({ resource, grant, begin: stood?.begin ?? null, end: mark });
    open.delete(key);
  }

  /** Whatever stands by now and was never told of stands since before; what does not is not there. */
  #restart(resource: AuditResource, now: GrantMap | null, mark: Mark): void {
    const open = this.#open.get(resource.name) ?? new Map();
    if (now === null) this.#knownSince.delete(resource.name);
    else if (!this.#knownSince.has(resource.name)) this.#knownSince.set(resource.name, mark.at);
    if (now !== null) {
      for (const [key, grant] of now) if (!open.has(key)) open.set(key, { grant, begin: null });
      for (const [key, { grant, begin }] of open)
        if (!now.has(key)) {
          this.#intervals.push({ resource, grant, begin, end: mark });
          open.delete(key);
        }
    }
    this.#open.set(resource.name, open);
  }

  #gap(kind: GapKind, entry: AuditEntry, { name }: AuditResource, from: Mark["at"] | null, what: string): void {
    this.#gaps.push({
      kind,
      resource: name,
      from: from === null ? null : formatInstant(from),
      to: formatInstant(entry.at),
      message: `the entry of ${formatInstant(entry.at)} (${entry.id.insertId}) ${what}`,
      help: kind === "no-predecessor" ? "give a snapshot of the start with --baseline" : null,
    });
  }
}
