import { isBehindIap } from "./doors.ts";
import type { LiveService, Ring } from "./access.ts";
import { type Denial, DenyReader } from "./deny.ts";
import { listServices } from "./evaluate-access.ts";
import { strongest } from "./grants.ts";
import { type Holding, holding, isSetOfMany } from "./holding.ts";
import { type Judged, type JudgedRow, type JudgedWay, type JudgeSource, verdictOrder } from "./judged.ts";
import { LiveIndex } from "./live-index.ts";
import { parseMember } from "./member.ts";
import { permissions } from "./permissions.ts";
import { iapAgent } from "./service-agents.ts";
import { permissionOf } from "./service-rows.ts";

interface Here<R> {
  readonly own: ReadonlyMap<string, readonly R[]>;
  readonly sets: readonly R[];
}

interface DenyPlace {
  readonly project: string;
  readonly permission: string;
}

/**
 * Answers whether somebody may call, for whoever asks: what is declared, and what reports say, is held against it. What a
 * set holds gets in as its own identity does: deny policies are asked of it, at each service and ring.
 */
export class CallJudge<R extends JudgedRow> {
  readonly #source: JudgeSource<R>;
  readonly #index: LiveIndex;
  readonly #deny: DenyReader;
  readonly #services: ReadonlyMap<string, LiveService>;
  readonly #byResource = new Map<string, R[]>();
  readonly #here = new Map<string, Here<R>>();
  readonly #held = new Map<string, Map<string, Holding>>();
  readonly #agents = new Map<string, boolean>();
  #places: readonly DenyPlace[] | undefined;

  constructor(source: JudgeSource<R>) {
    const services = listServices(source.snapshot);
    this.#source = source;
    this.#index = new LiveIndex(source.snapshot, services);
    this.#deny = new DenyReader(this.#index);
    this.#services = new Map(services.map((service) => [service.resource, service]));
    for (const row of source.rows) {
      const resource = source.resourceOf(row);
      const found = this.#byResource.get(resource);
      if (found === undefined) this.#byResource.set(resource, [row]);
      else found.push(row);
    }
  }

  /** Whether a set holds a principal, both as policies write them. */
  holds(set: string, principal: string): Holding {
    let held = this.#held.get(set);
    if (held === undefined) this.#held.set(set, (held = new Map()));
    let found = held.get(principal);
    if (found === undefined) {
      found = holding(parseMember(set), parseMember(principal), this.#index);
      held.set(principal, found);
    }
    return found;
  }

  /**
   * Whether whoever is some principals, all at once, may call a service.
   * @param rings where only some ways in are meant
   */
  judge(principals: Iterable<string>, resource: string, rings?: ReadonlySet<Ring>): Judged<R> {
    const identities = [...new Set(principals)]
      .map((each) => parseMember(each))
      .filter(({ kind }) => kind !== "deleted");
    const ways: JudgedWay<R>[] = [];
    let isOpen = false;
    for (const { principal } of identities) {
      const own = this.#waysOf(principal, resource, rings);
      ways.push(...own);
      isOpen ||= this.#mayHoldMore(principal, resource, own, rings);
    }
    ways.sort((a, b) => rank(a) - rank(b));
    const [first] = ways;
    const isUnread = isOpen && (first === undefined || first.verdict === "denied");
    const verdict = isUnread ? "unknown" : (first?.verdict ?? "no");
    const surest = ways.filter((way) => way.verdict === verdict);
    return {
      verdict,
      ways,
      rows: [...new Set(ways.map(({ row }) => row))],
      as: first?.as ?? null,
      sets: [...new Set(ways.flatMap(({ membership, row }) => (membership === "maybe" ? [row.principal] : [])))].sort(),
      reasons: isUnread ? ["unread"] : [...new Set(surest.flatMap(({ reason }) => reason ?? []))],
    };
  }

  /** What one row is worth to somebody who is, or may be, what the row is for. */
  through(row: R, principal: string): Pick<JudgedWay<R>, "verdict" | "reason"> {
    const { ring, paths } = row;
    if (ring === "indirect") {
      if (row.verdict === "denied") return { verdict: "denied", reason: "deny" };
      return { verdict: row.verdict === "unknown" ? "unknown" : "conditional", reason: "indirect" };
    }
    // Where nobody checks who calls, no policy denies it.
    if (isUnchecked(row)) return { verdict: "allowed", reason: null };
    const resource = this.#source.resourceOf(row);
    const deny = this.#denialOf(principal, resource, ring);
    if (deny === "certain") return { verdict: "denied", reason: "deny" };
    const allow = strongest(paths.map((path) => path.allow)) ?? "unknown";
    if (allow !== "allowed") return { verdict: allow, reason: allow === "unknown" ? "unread" : "condition" };
    if (deny === "possible") return { verdict: "conditional", reason: "deny" };
    const service = this.#services.get(resource);
    if (service === undefined || !isBehindIap(service.record)) return { verdict: "allowed", reason: null };
    // Whoever passes gets in by the grant that lets it pass: one to invoke opens nothing besides, but to IAP itself.
    if (ring === "direct" && principal !== this.#iapAgentOf(service)) return { verdict: "conditional", reason: "iap" };
    if (ring === "iap" && !this.#agentMayCall(service)) return { verdict: "conditional", reason: "iap-agent" };
    return { verdict: "allowed", reason: null };
  }

  /**
   * What deny policies make of a principal, in one word that is the same for whoever they treat alike; empty for whom
   * they do not touch.
   */
  denyClass(principal: string): string {
    return this.#denyPlaces()
      .map(({ project, permission }) => {
        const { deny } = this.#deny.denialOf(project, permission, parseMember(principal));
        return deny === "none" ? "-" : deny === "certain" ? "d" : "p";
      })
      .join("")
      .replace(/^-*$/, "");
  }

  /** One project for each chain of containers that has deny rules, with each permission that opens something. */
  #denyPlaces(): readonly DenyPlace[] {
    if (this.#places !== undefined) return this.#places;
    const chains = new Map<string, string>();
    for (const { project } of this.#services.values()) {
      const denying = this.#index.ancestorsOf(project).flatMap(({ container, resource }) => {
        const { deny } = container ?? {};
        return deny !== undefined && "value" in deny && deny.value.some(({ rules }) => rules.length > 0)
          ? [resource]
          : [];
      });
      if (denying.length > 0) chains.set(denying.join(" "), project);
    }
    const asked = [permissions.invokeService, permissions.runJob, permissions.passIap];
    this.#places = [...chains.values()].flatMap((project) => asked.map((permission) => ({ project, permission })));
    return this.#places;
  }

  #waysOf(principal: string, resource: string, rings: ReadonlySet<Ring> | undefined): readonly JudgedWay<R>[] {
    const { own, sets } = this.#rowsAt(resource);
    const ways: JudgedWay<R>[] = [];
    const add = (row: R, membership: JudgedWay<R>["membership"]): void => {
      if (rings?.has(row.ring) === false) return;
      const { verdict, reason } = this.through(row, principal);
      if (membership !== "maybe") ways.push({ row, as: principal, membership, verdict, reason });
      // Who is denied is, in a set or not.
      else if (verdict !== "denied") ways.push({ row, as: principal, membership, verdict: "unknown", reason: "set" });
    };
    for (const row of own.get(principal) ?? []) add(row, "own");
    for (const row of sets) {
      const held = this.holds(row.principal, principal);
      if (held !== "no") add(row, held === "yes" ? "set" : "maybe");
    }
    return ways;
  }

  /** Whether what was not read could let a principal in. */
  #mayHoldMore(
    principal: string,
    resource: string,
    ways: readonly JudgedWay<R>[],
    rings: ReadonlySet<Ring> | undefined,
  ): boolean {
    if (!this.#source.isDoubted(resource)) return false;
    const service = this.#services.get(resource);
    const open: readonly Exclude<Ring, "indirect">[] =
      service !== undefined && isBehindIap(service.record) ? ["direct", "iap"] : ["direct"];
    return open.some(
      (ring) =>
        rings?.has(ring) !== false &&
        !ways.some((way) => way.row.ring === ring && way.verdict !== "denied") &&
        this.#denialOf(principal, resource, ring) !== "certain",
    );
  }

  #denialOf(principal: string, resource: string, ring: Exclude<Ring, "indirect">): Denial["deny"] {
    const service = this.#services.get(resource);
    if (service === undefined) return "none";
    return this.#deny.denialOf(service.project, permissionOf(service.record, ring), parseMember(principal)).deny;
  }

  #rowsAt(resource: string): Here<R> {
    const before = this.#here.get(resource);
    if (before !== undefined) return before;
    const own = new Map<string, R[]>();
    const sets: R[] = [];
    for (const row of this.#byResource.get(resource) ?? []) {
      const found = own.get(row.principal);
      if (found === undefined) own.set(row.principal, [row]);
      else found.push(row);
      if (isSetOfMany(parseMember(row.principal))) sets.push(row);
    }
    const here = { own, sets };
    this.#here.set(resource, here);
    return here;
  }

  #iapAgentOf({ project }: LiveService): string {
    return `serviceAccount:${iapAgent(this.#index.numberOf(`projects/${project}`) ?? "?")}`;
  }

  /** Identity-Aware Proxy calls as its own agent, which needs a grant like anybody. docs: /run/docs/securing/identity-aware-proxy-cloud-run */
  #agentMayCall(service: LiveService): boolean {
    let may = this.#agents.get(service.resource);
    if (may === undefined) {
      may = this.judge([this.#iapAgentOf(service)], service.resource, new Set<Ring>(["direct"])).verdict === "allowed";
      this.#agents.set(service.resource, may);
    }
    return may;
  }
}

/** From the surest on; of those that are as sure one's own, and direct ones, first. */
function rank({ verdict, membership, row }: JudgedWay<JudgedRow>): number {
  const memberships = { own: 0, set: 1, maybe: 2 } as const;
  return verdictOrder.indexOf(verdict) * 10 + (row.ring === "indirect" ? 5 : 0) + memberships[membership];
}

/** Whether nobody checks who calls. */
function isUnchecked({ paths }: Pick<JudgedRow, "paths">): boolean {
  return paths.some(({ hops }) => hops[0]?.kind === "invoker-check");
}
