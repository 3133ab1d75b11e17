import { accountProject } from "../access/account-project.ts";
import { parseMember } from "../access/member.ts";
import { permissions } from "../access/permissions.ts";
import { kubernetesSpelling } from "../drift/kubernetes-spelling.ts";
import { IMPERSONATOR_ROLE } from "../federation/federation.ts";
import type { Environment } from "../matrix/model/environment.ts";
import type { Caller } from "../matrix/schema/generated/document.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { enumerateWords } from "../words/enumerate-words.ts";

/** What is known of who acts as an account from outside. */
export interface OutsideCaller {
  /** How to write the caller; undefined where it stays a service account. */
  readonly written: Pick<Caller, "account" | "gke"> | undefined;
  /** Who acts as it, and by which roles, both sorted; none where nobody does. */
  readonly members: readonly string[];
  readonly roles: readonly string[];
  /** What a person should know where it is not written so, a sentence each. */
  readonly comments: readonly string[];
}

const kubernetes =
  /^serviceAccount:([^[\]]+)\.svc\.id\.goog\[([a-z0-9-]{1,63})\/([a-z0-9][a-z0-9.-]{0,251}[a-z0-9]|[a-z0-9])\]$/;

/** What makes tokens of an account, or lets its holder make them. docs: /iam/docs/service-account-permissions */
const tokenPermissions: ReadonlySet<string> = new Set([
  permissions.getOpenIdToken,
  permissions.getAccessToken,
  permissions.signJwt,
  permissions.signBlob,
  permissions.implicitDelegation,
]);

/**
 * Finds who acts from outside as an account, by its own policy: one Kubernetes service account of a project of the
 * environment can be written as a caller of its own. A pool that is there already can be written only as one that is
 * named, which nobody but a person can judge.
 */
export function outsideReader(snapshot: Snapshot, environment: Environment): (email: string) => OutsideCaller {
  const policies = new Map(snapshot.accounts.map(({ email, policy }) => [email.toLowerCase(), policy]));
  const minting = new Set(
    snapshot.roles
      .filter(({ permissions: held }) => valueOf(held)?.some((each) => tokenPermissions.has(each)))
      .map(({ name }) => name),
  );
  const numbers = new Map(
    snapshot.containers.map(({ resource, details }) => [resource, valueOf(details)?.number] as const),
  );
  const spell = kubernetesSpelling(environment.projects, ({ id, number }) => number ?? numbers.get(`projects/${id}`));
  return (email) => {
    const bindings = (valueOf(policies.get(email))?.bindings ?? [])
      .filter(({ role }) => role === IMPERSONATOR_ROLE || minting.has(role))
      .map(({ members, ...rest }) => ({
        ...rest,
        members: members.filter((member) => parseMember(member).kind === "federated").map(spell),
      }))
      .filter(({ members }) => members.length > 0);
    const members = [...new Set(bindings.flatMap((each) => each.members))].sort();
    if (members.length === 0) return { written: undefined, members, roles: [], comments: [] };
    const [only = "", ...others] = members;
    const isSole =
      others.length === 0 && bindings.every(({ role, condition }) => role === IMPERSONATOR_ROLE && !condition);
    const written = isSole ? gkeCaller(only, email, environment) : undefined;
    const roles = [...new Set(bindings.map(({ role }) => role))].sort();
    return {
      written,
      members,
      roles,
      comments: [
        `${enumerateWords(members, "and")} may act as it by ${enumerateWords(roles, "and")}.`,
        "Write a caller of their kind (gke, aws, github, gitlab, oidc, spiffe) with this account, manage: reference, and matrix makes a pool for it; oidc and spiffe can name the pool that is there.",
      ],
    };
  };
}

function gkeCaller(
  member: string,
  email: string,
  { projects }: Environment,
): Pick<Caller, "account" | "gke"> | undefined {
  const [, id, namespace = "", serviceAccount = ""] = kubernetes.exec(member) ?? [];
  const at = projects.findIndex((project) => project.id === id);
  const project = projects[at];
  if (project === undefined || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(namespace)) return undefined;
  const isHere = accountProject(email) === project.id;
  return {
    gke: { ...(at === 0 || project.alias === undefined ? {} : { project: project.alias }), namespace, serviceAccount },
    account: isHere ? { id: email.slice(0, email.indexOf("@")), manage: "reference" } : { email },
  };
}
