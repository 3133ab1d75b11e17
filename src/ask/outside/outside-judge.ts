import { describeCaller } from "../../callers/caller-of.ts";
import {
  type DeclaredFederation,
  type DeclaredOutsider,
  type DeclaredPool,
  declaredFederation,
} from "../../drift/declared-federation.ts";
import type { DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import type { World } from "../../matrix/model/world.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Answer } from "../answer.ts";
import { makeAccountLooker } from "./look-at-account.ts";
import { lookAtProvider } from "./look-at-provider.ts";
import type { OutsideAnswer, OutsideLack } from "./outside-answer.ts";

/** How a caller becomes its account, by its key; null of all that do not come from outside. */
export type OutsideJudge = (caller: string) => OutsideAnswer | null;

/** What was found of one half of the way: the grant on the account, or the provider. */
export interface Looked {
  readonly lacks: readonly OutsideLack[];
  /** What was not read, by what it is and of what. */
  readonly unread: readonly Pick<UnreadEntry, "resource" | "what">[];
}

/**
 * The one judge of who becomes its account, by the same plan as Terraform and drift have. It is made at the first question:
 * most matrices have nobody from outside.
 * @param live what is live, or null where only the matrix is asked
 */
export function makeOutsideJudge(
  world: World,
  live: { readonly drift: DriftReport; readonly snapshot: Snapshot } | null,
): OutsideJudge {
  const known = new Map<string, OutsideAnswer | null>();
  let judge: OutsideJudge | undefined;
  return (caller) => {
    if (!world.callers.has(caller)) return null;
    let found = known.get(caller);
    if (found === undefined) {
      judge ??= prepare(world, live);
      found = judge(caller);
      known.set(caller, found);
    }
    return found;
  };
}

function prepare(world: World, live: Parameters<typeof makeOutsideJudge>[1]): OutsideJudge {
  const federation = declaredFederation({ worlds: [world] }, world, live?.snapshot ?? { containers: [] });
  const outsiders = new Map(federation.outsiders.map((each) => [each.caller, each]));
  const look = live === null ? undefined : makeLooker(live, federation);
  return (key) => {
    const outsider = outsiders.get(key);
    const caller = world.callers.get(key);
    if (outsider === undefined || caller === undefined) return null;
    const { by, email, member } = outsider;
    return {
      workload: describeCaller(caller),
      account: email,
      member: member ?? null,
      pool: by.kind === "known" ? null : by.pool.id,
      provider: by.kind === "known" ? null : by.provider.id,
      ...(look === undefined ? { answer: null, lacks: [], unread: [] } : look(outsider)),
    };
  };
}

function makeLooker(
  live: { readonly drift: DriftReport; readonly snapshot: Snapshot },
  federation: DeclaredFederation,
): (outsider: DeclaredOutsider) => Pick<OutsideAnswer, "answer" | "lacks" | "unread"> {
  const lookAtAccount = makeAccountLooker(live, federation);
  return (outsider) => {
    const pool = poolOf(outsider, federation);
    const behind = lookAtProvider(outsider, pool, live);
    const isOff = behind.lacks.some(({ kind }) => kind === "provider");
    const account = lookAtAccount(outsider, isOff);
    const lacks = [...account.lacks, ...behind.lacks];
    const gaps = [...account.unread, ...behind.unread];
    const unread = gaps.map((gap) => entryOf(gap, live.drift));
    return { answer: answerOf(lacks, unread), lacks, unread };
  };
}

/** The pool that an outsider comes through, with the names that Google gives it. */
function poolOf({ by }: DeclaredOutsider, { pools }: DeclaredFederation): DeclaredPool | undefined {
  if (by.kind === "known") return undefined;
  return pools.find(({ pool }) => pool.id === by.pool.id && pool.project.id === by.pool.project.id);
}

function answerOf(lacks: readonly OutsideLack[], unread: readonly UnreadEntry[]): Answer {
  if (lacks.some(({ isSure }) => isSure)) return "no";
  if (unread.length > 0) return "unknown";
  return lacks.length > 0 ? "conditional" : "yes";
}

/** As the report tells of it, where it does. */
function entryOf({ what, resource }: Looked["unread"][number], { unread }: DriftReport): UnreadEntry {
  return (
    unread.find((each) => each.resource === resource && each.what === what) ?? {
      what,
      resource,
      status: "missing",
      reason: "the snapshot has no record of it",
      services: [],
      accepted: null,
    }
  );
}
