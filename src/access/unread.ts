import type { Reading, Snapshot } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import type { LiveService, Row, Unread } from "./access.ts";
import { type LiveIndex } from "./live-index.ts";
import { ownPolicies, type ServiceRows } from "./service-rows.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** What was to be read, as reports name it. */
type What = string;

interface Gap {
  readonly what: What;
  readonly resource: string;
  readonly status: Unread["status"];
  readonly reason: string;
  readonly inScope: boolean;
  readonly services: Set<string>;
}

const notAsked = "the snapshot has no record of it";

/** Gathers what was not read, and which services hang on it. */
export class UnreadList {
  readonly #index: LiveIndex;
  readonly #gaps = new Map<string, Gap>();

  constructor(index: LiveIndex) {
    this.#index = index;
  }

  /** Notes a reading that is not whole. `undefined` is one that nobody took. */
  note(
    what: What,
    resource: string,
    reading: Reading<unknown> | undefined,
    inScope: boolean,
    service?: LiveService,
  ): void {
    if (reading?.status === "read") return;
    const key = `${resource}\n${what}`;
    const status = reading?.status ?? "missing";
    const reason = reading?.reason ?? notAsked;
    const before = this.#gaps.get(key);
    const gap = before ?? { what, resource, status, reason, inScope, services: new Set<string>() };
    // A role that stands in a policy of the scope and in one above it belongs to the scope.
    if (before === undefined || (inScope && !before.inScope)) this.#gaps.set(key, { ...gap, inScope });
    if (service !== undefined) gap.services.add(service.resource);
  }

  /** What a service's own answers hang on. */
  noteService(service: LiveService, direct: ServiceRows, iap: ServiceRows | undefined): void {
    const { project, resource, record } = service;
    const inScope = this.#index.isInScope(`projects/${project}`);
    this.note("IAM policy", resource, record.policy, inScope, service);
    if (iap !== undefined) this.#noteIap(service, inScope);
    for (const { resource: at, container } of this.#index.ancestorsOf(project)) {
      const isHere = this.#index.isInScope(at);
      this.note("IAM policy", at, container?.policy, isHere, service);
      this.note("deny policies", at, container?.deny, isHere, service);
      this.note("place in the hierarchy", at, container?.details, isHere, service);
    }
    for (const { unknownRoles, unreadProjects } of iap === undefined ? [direct] : [direct, iap]) {
      for (const { role, resource: at } of unknownRoles) this.#noteRole(role, at, inScope, service);
      for (const at of unreadProjects) {
        this.note("IAM policy", at, this.#index.containers.get(at)?.policy, this.#index.isInScope(at), service);
      }
    }
  }

  #noteIap(service: LiveService, inScope: boolean): void {
    const { project, resource, record } = service;
    if (record.iap === null) this.note("IAP policy", resource, undefined, inScope, service);
    const found = ownPolicies(service, "iap", this.#index);
    for (const { place, policy } of found) this.note("IAP policy", place.resource, policy, inScope, service);
    const root = `projects/${this.#index.numberOf(`projects/${project}`) ?? project}/iap_web`;
    for (const at of [root, `${root}/cloud_run-${record.region}`]) {
      const ending = at.slice(at.indexOf("/iap_web"));
      if (!found.some(({ place }) => place.resource.endsWith(ending))) {
        this.note("IAP policy", at, undefined, inScope, service);
      }
    }
  }

  #noteRole(role: string, at: string, isServiceInScope: boolean, service: LiveService): void {
    const isContainer = this.#index.containers.has(at);
    const inScope = isContainer ? this.#index.isInScope(at) : isServiceInScope;
    const reading = this.#index.roles.get(role)?.permissions;
    if (reading?.status === "read") {
      const hidden: Reading<never> = {
        status: "failed",
        reason: "its name hides a condition: the policy was read below version 3",
      };
      this.note("role", role, hidden, inScope, service);
    } else this.note("role", role, reading, inScope, service);
  }

  /** What was asked for as a whole: projects and what runs in them. */
  noteInventory(snapshot: Snapshot, services: readonly LiveService[]): void {
    const byProject = new Map<string, LiveService[]>();
    for (const service of services) {
      const here = byProject.get(service.project);
      if (here === undefined) byProject.set(service.project, [service]);
      else here.push(service);
    }
    for (const { resource, projects } of snapshot.scopes) this.note("list of projects", resource, projects, true);
    const listed = snapshot.scopes.flatMap(({ projects }) => valueOf(projects) ?? []);
    for (const { resource, projects } of snapshot.scopes) {
      for (const id of valueOf(projects) ?? []) this.#notePlace(id, resource);
    }
    const wanted = snapshot.asked.scope.filter((at) => !at.startsWith("projects/"));
    for (const at of wanted) {
      if (!snapshot.scopes.some(({ resource }) => resource === at)) this.note("list of projects", at, undefined, true);
    }
    const named = snapshot.asked.scope.flatMap((at) =>
      at.startsWith("projects/") ? at.slice("projects/".length) : [],
    );
    for (const id of new Set([...snapshot.asked.projects, ...named, ...listed, ...this.#index.projects.keys()])) {
      const project = this.#index.projects.get(id);
      const resource = `projects/${id}`;
      const inScope = listed.includes(id) || this.#index.isInScope(resource);
      const here = byProject.get(id) ?? [];
      const note = (what: What, reading: Reading<unknown> | undefined): void => {
        this.note(what, resource, reading, inScope);
        for (const service of here) this.note(what, resource, reading, inScope, service);
      };
      note("services", project?.services);
      note("jobs", project?.jobs);
      note("service accounts", project?.accounts);
      note("workload identity pools", project?.pools);
      for (const { name, providers } of valueOf(project?.pools) ?? []) this.note("providers", name, providers, inScope);
      const { container } = this.#index.ancestorsOf(id)[0] ?? {};
      this.note("IAM policy", resource, container?.policy, inScope);
      this.note("deny policies", resource, container?.deny, inScope);
      this.note("place in the hierarchy", resource, container?.details, inScope);
    }
  }

  /** A project that is listed below a scope and does not say so itself: what it inherits is not known. */
  #notePlace(project: string, scope: string): void {
    const ancestors = this.#index.ancestorsOf(project);
    const isPlaced = ancestors.some(({ resource }) => resource === scope);
    const isWhole = ancestors.every(({ container }) => valueOf(container?.details) !== undefined);
    if (isPlaced || !isWhole) return;
    const reason = `it is listed below ${scope}, and says that it lies elsewhere`;
    this.note("place in the hierarchy", `projects/${project}`, { status: "failed", reason }, true);
  }

  /** Accounts: whether they exist and are enabled, their keys, and who may act as them. */
  noteAccounts(rows: readonly Row[]): void {
    const emails = new Set([...this.#index.accounts.keys(), ...this.#index.listedAccounts]);
    const gaps = [...emails].flatMap((email) => {
      const readings = this.#accountReadings(email).filter(({ reading }) => reading?.status !== "read");
      return readings.length === 0 ? [] : [{ email, readings }];
    });
    if (gaps.length === 0) return;
    const unread = new Set(gaps.map(({ email }) => `serviceAccount:${email}`));
    const services = new Map<string, LiveService[]>();
    for (const { principal, service } of rows) {
      if (!unread.has(principal)) continue;
      const found = services.get(principal);
      if (found === undefined) services.set(principal, [service]);
      else found.push(service);
    }
    for (const { email, readings } of gaps) {
      const home = this.#index.homeOf(email);
      const inScope = home !== undefined && this.#index.isInScope(`projects/${home}`);
      for (const service of [undefined, ...(services.get(`serviceAccount:${email}`) ?? [])]) {
        for (const { what, reading } of readings) this.note(what, email, reading, inScope, service);
      }
    }
  }

  /** What ought to be known of an account. Of one that its project lists, nobody may have left out to ask. */
  #accountReadings(email: string): readonly { readonly what: What; readonly reading: Reading<unknown> | undefined }[] {
    const account = this.#index.accounts.get(email);
    if (account === undefined) return [{ what: "service account", reading: undefined }];
    const { details, keys, policy } = account;
    const isListed = this.#index.homeOf(email) !== undefined && valueOf(details) !== null;
    return [
      { what: "service account", reading: details },
      ...(keys === undefined ? [] : [{ what: "keys", reading: keys }]),
      ...(policy === undefined && !isListed ? [] : [{ what: "IAM policy of the account", reading: policy }]),
    ];
  }

  /** In their one order. */
  entries(): readonly Unread[] {
    return [...this.#gaps.values()]
      .map((gap): Unread => ({ ...gap, services: [...gap.services].sort() }))
      .sort((a, b) => compareText(a.resource, b.resource) || compareText(a.what, b.what));
  }
}
