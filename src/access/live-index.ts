import type {
  AccountRecord,
  Container,
  GroupRecord,
  Policy,
  PoolRecord,
  ProjectRecord,
  Reading,
  RoleRecord,
  Snapshot,
} from "../snapshot/snapshot.ts";
import type { LiveService } from "./access.ts";
import { type Member, parseMember } from "./member.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** A container that a project inherits from, nearest first. Without a container it is known by name only: not read. */
export interface Ancestor {
  readonly level: "project" | "folder" | "organization";
  readonly resource: string;
  readonly container: Container | undefined;
}

/** The longest chain of folders that Google allows is ten; more is a circle in a foreign snapshot. */
const MAX_DEPTH = 32;

/** A snapshot, ready to be asked. */
export class LiveIndex {
  readonly containers: ReadonlyMap<string, Container>;
  readonly projects: ReadonlyMap<string, ProjectRecord>;
  readonly roles: ReadonlyMap<string, RoleRecord>;
  readonly accounts: ReadonlyMap<string, AccountRecord>;
  readonly #groups: ReadonlyMap<string, GroupRecord>;
  /** Account email to the id of the project that lists it. */
  readonly #homes: ReadonlyMap<string, string>;
  /** Accounts that a service runs as. */
  readonly runtimeAccounts: ReadonlySet<string>;
  readonly #pools: ReadonlyMap<string, PoolRecord>;
  #knownAccounts: readonly string[] | undefined;
  readonly #asked: Snapshot["asked"];
  readonly #scopes: ReadonlyMap<string, Reading<readonly string[]>>;
  readonly #ancestors = new Map<string, readonly Ancestor[]>();
  readonly #membersOfGroups = new Map<string, ReadonlySet<string>>();
  readonly #accountsBelow = new Map<string, { readonly emails: ReadonlySet<string>; readonly complete: boolean }>();

  constructor(snapshot: Snapshot, services: readonly LiveService[]) {
    this.containers = new Map(snapshot.containers.map((each) => [each.resource, each]));
    this.projects = new Map(snapshot.projects.map((each) => [each.project, each]));
    this.roles = new Map(snapshot.roles.map((each) => [each.name, each]));
    this.accounts = new Map(snapshot.accounts.map((each) => [each.email, each]));
    this.#groups = new Map(snapshot.groups.map((each) => [each.email, each]));
    this.#asked = snapshot.asked;
    this.#pools = new Map(
      snapshot.projects.flatMap(({ pools }) => (valueOf(pools) ?? []).map((pool) => [pool.name, pool] as const)),
    );
    this.#scopes = new Map(snapshot.scopes.map(({ resource, projects }) => [resource, projects]));
    this.#homes = new Map(
      snapshot.projects.flatMap(({ project, accounts }) =>
        (valueOf(accounts) ?? []).map((email): readonly [string, string] => [email.toLowerCase(), project]),
      ),
    );
    this.runtimeAccounts = new Set(services.flatMap(({ account }) => account ?? []));
  }

  /** The number in the name of a folder or organization, or that of a project, where it was read. */
  numberOf(resource: string): string | undefined {
    const number = valueOf(this.containers.get(resource)?.details)?.number;
    return number ?? (resource.startsWith("projects/") ? undefined : resource.split("/")[1]);
  }

  /** The project and what is above it. The last one has no container, or no details, where the rest is not known. */
  ancestorsOf(project: string): readonly Ancestor[] {
    const before = this.#ancestors.get(project);
    if (before !== undefined) return before;
    const ancestors: Ancestor[] = [];
    let resource: string | null | undefined = `projects/${project}`;
    while (resource != null && ancestors.length < MAX_DEPTH) {
      const container = this.containers.get(resource);
      ancestors.push({ level: levelOf(resource), resource, container });
      resource = valueOf(container?.details)?.parent;
    }
    this.#ancestors.set(project, ancestors);
    return ancestors;
  }

  /** Whether the result is incomplete where this container was not read. */
  isInScope(resource: string): boolean {
    if (resource.startsWith("projects/") && this.#asked.projects.includes(resource.slice("projects/".length))) {
      return true;
    }
    let at: string | null | undefined = resource;
    for (let depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (this.#asked.scope.includes(at)) return true;
      at = valueOf(this.containers.get(at)?.details)?.parent;
    }
    return false;
  }

  /** The emails of the accounts that projects list. */
  get listedAccounts(): Iterable<string> {
    return this.#homes.keys();
  }

  homeOf(email: string): string | undefined {
    return this.#homes.get(email);
  }

  group(email: string): GroupRecord | undefined {
    return this.#groups.get(email);
  }

  /** The members of a group as they are written. */
  groupMembersAsWritten(email: string): readonly string[] {
    return valueOf(this.#groups.get(email)?.members) ?? [];
  }

  /** The members of a group, each as a principal; undefined where none of them was read. */
  groupMembers(email: string): ReadonlySet<string> | undefined {
    const before = this.#membersOfGroups.get(email);
    if (before !== undefined) return before;
    const written = valueOf(this.#groups.get(email)?.members);
    if (written === undefined) return undefined;
    const members = new Set(written.map((member) => parseMember(member).principal));
    this.#membersOfGroups.set(email, members);
    return members;
  }

  /** Whether a set whose members are counted out by address or by a list holds another member. */
  contains(set: Member, member: Member): boolean {
    if (set.principal === member.principal) return false;
    switch (set.kind) {
      case "allUsers":
        return member.kind !== "deleted";
      case "allAuthenticatedUsers":
        return member.kind === "user" || member.kind === "serviceAccount";
      case "domain":
        return member.kind === "user" && member.email.endsWith(`@${set.domain}`);
      case "accounts-below":
        return member.kind === "serviceAccount" && this.accountsBelow(set.container).emails.has(member.email);
      case "group":
        return this.groupMembers(set.email)?.has(member.principal) ?? false;
      default:
        return false;
    }
  }

  /** Every service account that the snapshot names as one. */
  get knownAccounts(): readonly string[] {
    this.#knownAccounts ??= [...new Set([...this.accounts.keys(), ...this.#homes.keys(), ...this.runtimeAccounts])];
    return this.#knownAccounts;
  }

  pool(name: string): PoolRecord | undefined {
    return this.#pools.get(name);
  }

  policyOf(resource: string): Policy | undefined {
    return valueOf(this.containers.get(resource)?.policy);
  }

  /** The service accounts of the projects below a container that is named by its number, and whether that is all of them. */
  accountsBelow(container: string): { readonly emails: ReadonlySet<string>; readonly complete: boolean } {
    const before = this.#accountsBelow.get(container);
    if (before !== undefined) return before;
    const emails = new Set<string>();
    // Which projects there are below a folder is known only where it was asked.
    const below = this.#scopes.get(container);
    let complete = container.startsWith("projects/") || below?.status === "read";
    complete &&= (valueOf(below) ?? []).every((project) => this.projects.has(project));
    let found = false;
    const listed = new Set(valueOf(below));
    for (const { project, accounts } of this.projects.values()) {
      const isBelow =
        listed.has(project) ||
        this.ancestorsOf(project).some(
          ({ resource }) =>
            resource === container || `${resource.split("/")[0]}/${this.numberOf(resource)}` === container,
        );
      if (!isBelow) continue;
      found = true;
      complete &&= accounts.status === "read";
      for (const email of valueOf(accounts) ?? []) emails.add(email.toLowerCase());
    }
    const answer = { emails, complete: complete && found };
    this.#accountsBelow.set(container, answer);
    return answer;
  }
}

function levelOf(resource: string): Ancestor["level"] {
  if (resource.startsWith("projects/")) return "project";
  return resource.startsWith("folders/") ? "folder" : "organization";
}
