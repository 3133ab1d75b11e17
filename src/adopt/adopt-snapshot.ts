import { declaredMemberships, IAP_ROLE } from "../drift/drift-context.ts";
import type { DriftFinding, DriftReport } from "../drift/drift-report.ts";
import type { LoadedMatrix } from "../matrix/load/load-matrix.ts";
import { adoptedReason } from "../matrix/model/adopted-text.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Mode } from "../matrix/schema/generated/document.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { acceptRest } from "./accept-rest.ts";
import { addEdges, dropEdges, findMissing, type FoundRow, type KeptEdge } from "./adopt-edges.ts";
import { adoptEnvironment } from "./adopt-environment.ts";
import { adoptServices, type ServiceChanges } from "./adopt-services.ts";
import { assignKeys, type Keyed } from "./assign-keys.ts";
import { describeService, obstaclesOf } from "./describe-service.ts";
import { EdgeWriter } from "./edge-writer.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { leaveUnread } from "./leave-unread.ts";
import { goneResources, lapsedCallers } from "./lapsed-access.ts";
import { MatrixDraft } from "./matrix-draft.ts";
import { CallerFinder } from "./name-callers.ts";
import { filing } from "./owner-files.ts";
import { outsideReader } from "./outside-callers.ts";
import { readInstances } from "./read-instances.ts";
import { modeOf, serviceWanter } from "./want-service.ts";

interface ActedAs {
  readonly caller: string;
  readonly members: readonly string[];
  readonly roles: readonly string[];
}

export interface AdoptRequest {
  /** The matrix to adopt into; one without anything where there is none yet. */
  readonly loaded: LoadedMatrix;
  readonly snapshot: Snapshot;
  readonly environment: string;
  /** The label of services that names their owner; with it, each owner's services stand in a file of their own. */
  readonly splitBy: string | undefined;
  readonly elsewhere: Elsewhere;
}

/** What adopting a snapshot gives. */
export interface Adoption {
  readonly draft: MatrixDraft;
  /** The matrix as it is now. */
  readonly matrix: Matrix;
  readonly found: readonly Keyed[];
  readonly services: ServiceChanges;
  /** Services whose rows Terraform cannot hold as they are, why, and their mode: one that was there already is kept. */
  readonly unfit: readonly { readonly service: string; readonly mode: Mode; readonly why: readonly string[] }[];
  /** Services of the matrix of which something was not read: they stand as they did. */
  readonly left: readonly string[];
  /** What the language has no name for, and is left out. */
  readonly unsayable: readonly string[];
  readonly callers: readonly string[];
  readonly sets: readonly string[];
  readonly edges: number;
  readonly kept: readonly KeptEdge[];
  /** Callers that are written as service accounts, and as which somebody outside of Google's own accounts acts. */
  readonly outsiders: readonly ActedAs[];
  readonly inherited: number;
  readonly exceptions: number;
  /** Drift of the snapshot against the matrix that was written. */
  readonly report: DriftReport;
}

/** Writes into a matrix what a snapshot shows of one environment. Pure: the same snapshot and matrix give the same. */
export function adoptSnapshot({ loaded, snapshot, environment: name, splitBy, elsewhere }: AdoptRequest): Adoption {
  const seen = Date.parse(snapshot.finishedAt) as Instant;
  const draft = new MatrixDraft(loaded);
  const isNew = !draft.environments.has(name);
  const before = draft.build(seen);
  const { instances: running, unsayable } = readInstances(snapshot, elsewhere);
  const gone = isNew ? new Set() : goneResources(worldOf(before, name));
  // What a person retired and still runs is not taken up again: drift says so.
  const instances = running.filter(({ resource }) => !gone.has(resource));
  adoptEnvironment(draft, name, snapshot, instances);
  if (isNew) keepCallersElsewhere(draft, name);
  const placed = draft.build(seen);
  const environment = worldOf(placed, name).environment;
  const world = isNew ? undefined : worldOf(before, name);
  const { left, known } = leaveUnread(instances, world, snapshot);
  const found = assignKeys(known, {
    matrix: before,
    world,
    isTaken: (each) => draft.hasName(each),
    aliasOf: (project) => environment.projects.find(({ id }) => id === project)?.alias ?? project,
  });
  const wantedOf = serviceWanter(snapshot, found, world, seen);
  const services = adoptServices(
    {
      draft,
      matrix: placed,
      environment,
      isNew,
      wantedOf,
      left,
      commentOf: (keyed) => describeService(keyed),
      ...filing(draft, splitBy),
    },
    found,
  );
  const standing = worldOf(draft.build(seen), name).services;
  const rows = found
    .filter(({ key }) => ["live", "planned"].includes(standing.get(key)?.stage ?? ""))
    .map((keyed) => rowOf(keyed, seen));
  const outside = outsideReader(snapshot, environment);
  const { kept, callers, sets, edges } = adoptRows(draft, name, rows, { seen, outside });
  const isForPeople = humanFindings(worldOf(draft.build(seen), name), rows);
  const rest = acceptRest({ draft, environment: name, snapshot, seen, isForPeople });
  const matrix = draft.build(seen);
  return {
    draft,
    matrix,
    found,
    services,
    unfit: unfitIn(found, standing),
    left: [...left].sort(compareText),
    unsayable,
    callers,
    sets,
    edges,
    kept,
    outsiders: outsidersIn(worldOf(matrix, name), outside),
    ...rest,
  };
}

function outsidersIn({ callers }: World, outside: ReturnType<typeof outsideReader>): readonly ActedAs[] {
  return [...callers.values()].flatMap(({ key, kind, account }) => {
    const { members, roles } = outside(kind === "serviceAccount" ? (account?.email.toLowerCase() ?? "") : "");
    return members.length === 0 ? [] : [{ caller: key, members, roles }];
  });
}

function unfitIn(found: readonly Keyed[], standing: World["services"]): Adoption["unfit"] {
  return found.flatMap((keyed) =>
    modeOf(keyed) === "observe"
      ? [{ service: keyed.key, mode: standing.get(keyed.key)?.mode ?? "observe", why: obstaclesOf(keyed) }]
      : [],
  );
}

/** Each round brings callers, drops or adds edges; more of them than this would go on for ever. */
const MAX_ROUNDS = 20;

/**
 * Makes the rows what was found. A caller that comes into an environment brings its edges of others along, so this is
 * looked at until nothing is too much.
 */
function adoptRows(
  draft: MatrixDraft,
  name: string,
  rows: readonly FoundRow[],
  { seen, outside }: { readonly seen: Instant; readonly outside: ReturnType<typeof outsideReader> },
): Pick<Adoption, "callers" | "edges" | "kept" | "sets"> {
  const writer = new EdgeWriter(draft, name);
  const [callers, sets]: [Set<string>, Set<string>] = [new Set(), new Set()];
  let edges = 0;
  for (let round = 0; ; round++) {
    if (round === MAX_ROUNDS) throw new Error(`the rows of ${name} do not settle`);
    const { dropped, kept } = dropEdges(worldOf(draft.build(seen), name), rows, writer);
    const matrix = draft.build(seen);
    const world = worldOf(matrix, name);
    const finder = new CallerFinder(draft, world, outside);
    const missing = findMissing(world, rows, {
      finder,
      declared: declaredMemberships(matrix, world),
      isLapsed: lapsedCallers(world, seen),
    });
    for (const caller of finder.added) callers.add(caller);
    // Who has just come may have an edge already, which holds from now on.
    if (finder.added.length > 0) continue;
    for (const set of addEdges(missing, writer)) sets.add(set);
    edges += missing.length;
    if (dropped + missing.length === 0) return { kept, edges, callers: [...callers], sets: [...sets] };
  }
}

function worldOf({ worlds }: Matrix, name: string): World {
  const world = worlds.find(({ environment }) => environment.name === name);
  if (world === undefined) throw new Error(`the environment ${name} was not written`);
  return world;
}

/**
 * What a person must look at, so that no exception hides it: callers that are declared and stand in no row, but for the
 * agent of Identity-Aware Proxy, whom nobody declares; and what a guardrail of theirs forbids.
 */
function humanFindings(
  { environment: { guardrails } }: World,
  rows: readonly FoundRow[],
): (finding: DriftFinding) => boolean {
  const live = new Set(
    rows.flatMap(({ callee, members, throughIap }) => [...members, ...throughIap].map((each) => `${each} ${callee}`)),
  );
  const isAgent = (principal: string | null): boolean =>
    principal?.endsWith("@gcp-sa-iap.iam.gserviceaccount.com") === true;
  return ({ rule, principal, services }) =>
    (rule === "declared-caller-missing" &&
      !isAgent(principal) &&
      !services.some((key) => live.has(`${principal} ${key}`))) ||
    (rule === "invoker-check-disabled" && guardrails["require-invoker-check"] === true) ||
    (rule === "ingress-differs" && guardrails["allowed-ingress"] !== undefined);
}

/** Who calls in a new environment is found there: nobody does because they do elsewhere. */
function keepCallersElsewhere(draft: MatrixDraft, environment: string): void {
  const others = [...draft.environments.keys()].filter((name) => name !== environment && !name.startsWith("x-"));
  for (const [key, { value }] of draft.callers) {
    if (value.environments === undefined && !key.startsWith("x-"))
      draft.setCaller(key, { ...value, environments: others });
  }
}

function rowOf({ key, instances: [first, ...others] }: Keyed, seen: Instant): FoundRow {
  const more = others.length === 0 ? "" : ` and in ${others.map(({ region }) => region).join(", ")}`;
  return {
    callee: key,
    members: first.members,
    throughIap: first.throughIap,
    reason: adoptedReason(seen, `granted by ${first.role} on ${first.resource}${more}`),
    iapReason: adoptedReason(seen, `granted by ${IAP_ROLE} on ${first.resource}${more}`),
  };
}
