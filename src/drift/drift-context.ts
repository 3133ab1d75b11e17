import type { Access, LiveService, Path, Row } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import { inheritedGrant, inheritedGrants, isInheritedInForce } from "../matrix/model/inherited-in-force.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { iapPrincipals } from "../matrix/model/principal-of.ts";
import { type RowMember, rowMembers } from "../matrix/model/row-members.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { AccountRecord, Snapshot } from "../snapshot/snapshot.ts";
import type { DeclaredFederation } from "./declared-federation.ts";
import type { CallerNames } from "./caller-names.ts";

/** Everything that the rules of drift see: what is declared, what is live, and how they meet. */
export interface DriftContext {
  readonly matrix: Matrix;
  readonly world: World;
  readonly snapshot: Snapshot;
  readonly access: Access;
  /** Live services with the service of the matrix that each is, in order. */
  readonly live: readonly Live[];
  readonly liveOf: (service: LiveService) => Live;
  readonly rowsOf: (service: LiveService) => readonly Row[];
  /** Where a principal can invoke directly, surely or perhaps. */
  readonly placesOf: (principal: string) => readonly Live[];
  readonly accountOf: (email: string) => AccountRecord | undefined;
  /** The declared members of a service's row, with the role that holds them. */
  readonly declaredMembers: (key: string) => ReadonlyMap<string, RowMember>;
  readonly names: CallerNames;
  /** Who outside is declared to act as which account. */
  readonly federation: DeclaredFederation;
  /** How a path stands to the matrix. */
  readonly standingOf: (row: Pick<Row, "ring" | "service">, path: Pick<Path, "hops" | "managed">) => Standing;
  /** Whether the indirect ring is listed everywhere. */
  readonly indirect: boolean;
  readonly isSensitive: (key: string) => boolean;
}

/** A live service, and the service of the matrix that it is, where there is one. */
export interface Live {
  readonly service: LiveService;
  readonly declared: Service | undefined;
  /** How findings name it: the key, or the resource where the matrix does not name it. */
  readonly name: string;
}

export type Standing =
  /** A declared caller's own binding. */
  | { readonly kind: "declared" }
  /** Through a set that is declared as a caller itself. */
  | { readonly kind: "within" }
  | { readonly kind: "inherited"; readonly entry: string }
  | { readonly kind: "managed" }
  | { readonly kind: "undeclared" };

const undeclared: Standing = { kind: "undeclared" };

/** Judges paths by what a matrix declares for one environment. */
export function standingJudge(
  matrix: Matrix,
  world: World,
  keyOf: (service: LiveService) => Service | undefined,
  federation: Pick<DeclaredFederation, "declares">,
): DriftContext["standingOf"] {
  const members = declaredMemberships(matrix, world);
  const throughIap = iapPrincipals(world, matrix.asOf);
  const inherited = new Map<string, string>();
  for (const { key, value } of matrix.inherited) {
    if (!isInheritedInForce(value, matrix.asOf)) continue;
    for (const grant of inheritedGrants(value)) inherited.set(grant, key);
  }
  const judge: DriftContext["standingOf"] = ({ service, ring }, { hops, managed }) => {
    const [first, ...rest] = hops;
    if (managed) return { kind: "managed" };
    if (first?.kind === "invoker-check") {
      const of = keyOf(service);
      return of?.public?.via === "no-invoker-check" && of.stage !== "retiring" ? { kind: "declared" } : undeclared;
    }
    if (first === undefined || first.role === null || first.member === null) return undeclared;
    // Whoever acts as a declared caller, as the matrix says, calls what that one is declared to call.
    if (first.kind === "impersonate" && federation.declares(first) && rest.length === 1)
      return judge({ service, ring: "direct" }, { hops: rest, managed: false });
    const { principal } = parseMember(first.member);
    const declared = keyOf(service);
    if (first.kind === "binding" && (first.level === "service" || first.resource === service.record.iap?.resource)) {
      if (declared === undefined) return undeclared;
      const isRow =
        ring === "iap"
          ? first.role === IAP_ROLE && throughIap.get(declared.key)?.has(principal) === true
          : first.role === declared.invokerRole && members(declared.key).has(principal);
      if (!isRow) return undeclared;
      return { kind: hops.length === 1 ? "declared" : "within" };
    }
    const entry = inherited.get(inheritedGrant(first.resource, first.role, principal));
    return entry === undefined || first.level === "service" ? undeclared : { kind: "inherited", entry };
  };
  return judge;
}

/** The content of files of keys that the matrix names. */
export function keysIn({ matrix }: Pick<DriftContext, "matrix">): (file: string) => string | undefined {
  return (file) => matrix.keyFiles.get(file);
}

/** The one predefined role that passes Identity-Aware Proxy. */
export const IAP_ROLE = "roles/iap.httpsResourceAccessor";

export function declaredMemberships(matrix: Matrix, world: World): DriftContext["declaredMembers"] {
  const rows = rowMembers(world, matrix.asOf);
  const known = new Map<string, ReadonlyMap<string, RowMember>>();
  return (key) => {
    let members = known.get(key);
    if (members === undefined) {
      members = new Map((rows.get(key) ?? []).map((member) => [parseMember(member.principal).principal, member]));
      known.set(key, members);
    }
    return members;
  };
}
