import { describeCaller } from "../callers/caller-of.ts";
import { stillRunsAs, whoStays } from "../drift/previous-account.ts";
import type { LiveView } from "../drift/view-live.ts";
import type { Live } from "../drift/drift-context.ts";
import { planFederation } from "../federation/plan-federation.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { Account, Caller, Service, World } from "../matrix/model/world.ts";
import { formatInstant } from "../time/instant.ts";
import { tokenWay } from "./token-way-of.ts";
import { leftOut, wireCalls } from "./wire-calls.ts";
import { wireNeeds } from "./wire-needs.ts";
import { wireOutside } from "./wire-outside.ts";
import { commonSettings } from "./wire-settings.ts";
import type { OldAccount, Run, WiredAccount, WiredCaller, WiringReport } from "./wiring-report.ts";

export interface WiringQuestion {
  readonly matrix: Pick<Matrix, "asOf">;
  /** The root file of the matrix. */
  readonly name: string;
  readonly world: World;
  /** What a snapshot shows, where there is one. */
  readonly live: LiveView | undefined;
  /** Numbers of projects by their ids, as the snapshot has them. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Where the token of another issuer is to be read from; undefined: where the kind of the caller says. */
  readonly tokenFile: string | undefined;
  /** The words that a command line must repeat to ask about the same: `--env prod`, the file. */
  readonly repeat?: readonly string[];
}

/** Everything that one service or caller must be configured with to call. Pure. */
export function wireCaller(caller: Service | Caller, question: WiringQuestion): WiringReport {
  const { world, live, matrix, numbers } = question;
  const calls = wireCalls(caller, { world, live, asOf: matrix.asOf });
  const identity = identify(caller, question, namesOf(question));
  const more =
    "principal" in caller
      ? {
          outside: wireOutside(caller, { ...question, federation: planFederation(world) }),
          needs: wireNeeds(caller, numbers),
          settings: commonSettings(caller, calls),
        }
      : {};
  return reportOf([{ ...identity, ...more, calls, leftOut: leftOut(caller.key, world) }], question);
}

/** The services that are moving from one account to another, or run as one that is none of theirs. Pure. */
export function wireMoves(question: WiringQuestion): WiringReport {
  const names = namesOf(question);
  const moving = [...question.world.services.values()]
    .filter(({ stage }) => stage === "live" || stage === "planned")
    .map((service) => identify(service, question, names))
    .filter(
      ({ previousAccounts, runs }) =>
        previousAccounts.length > 0 || runs.some(({ standing }) => standing === "other" || standing === "unread"),
    );
  return reportOf(
    moving.map((each) => ({ ...each, calls: null, leftOut: [] })),
    question,
  );
}

function reportOf(
  callers: readonly WiredCaller[],
  { matrix, name, world, live, repeat }: WiringQuestion,
): WiringReport {
  return {
    environment: world.environment.name,
    matrix: name,
    asOf: formatInstant(matrix.asOf),
    snapshot: live?.snapshot ?? null,
    complete: callers.every(isKnown),
    repeat: repeat ?? [],
    callers,
  };
}

function isKnown({ runs, calls }: WiredCaller): boolean {
  return (
    runs.every(({ standing }) => standing !== "unread") &&
    (calls ?? []).every(({ endpoints, credential }) =>
      endpoints.every(
        ({ live, letsIn, source }) =>
          (source !== null || credential === "proxy") &&
          live !== "unread" &&
          letsIn.every(({ verdict }) => verdict !== "unknown"),
      ),
    )
  );
}

function identify(
  caller: Service | Caller,
  { matrix: { asOf }, live }: WiringQuestion,
  all: readonly Live[],
): Omit<WiredCaller, "calls" | "leftOut"> {
  const { key, kind, owner, account } = caller;
  const isService = "previousAccounts" in caller;
  const { way, how } = tokenWay(kind);
  return {
    key,
    kind,
    description: isService ? null : describeCaller(caller),
    owner: owner ?? null,
    principal: isService ? `serviceAccount:${caller.account.email.toLowerCase()}` : caller.principal,
    account: account === undefined ? null : wiredAccount(account, live),
    previousAccounts: isService
      ? caller.previousAccounts.map((each): OldAccount => ({
          email: each.email.toLowerCase(),
          until: each.until,
          isOver: !mayStillCall(each, asOf),
          sharedWith: whoStays(all, each.email.toLowerCase(), key, asOf),
        }))
      : [],
    runs: isService && live !== undefined ? caller.regions.map((region) => runIn(region, caller, live, asOf)) : [],
    token: { way, how },
    outside: null,
    needs: [],
    settings: [],
  };
}

function wiredAccount(account: Account, live: LiveView | undefined): WiredAccount {
  const email = account.email.toLowerCase();
  return {
    email,
    manage: account.source === "project" ? account.manage : "elsewhere",
    live: live?.accountState(email) ?? null,
  };
}

function runIn(region: string, service: Service, live: LiveView, asOf: Matrix["asOf"]): Run {
  const found = live.find(service, region);
  if (typeof found === "string") return { region, account: null, standing: found, until: null };
  const { account } = found;
  // The default compute account of a project whose number was not read: it may be any of them.
  if (account === undefined) return { region, account: null, standing: "unread", until: null };
  if (account === service.account.email.toLowerCase()) return { region, account, standing: "declared", until: null };
  const still = stillRunsAs(service, account, asOf);
  return {
    region,
    account,
    standing: still === undefined ? "other" : still.isOver ? "over" : "previous",
    until: still?.previous.until ?? null,
  };
}

/** Everything that runs, with the service of the matrix that it is: by its key where it is one, else by its resource. */
function namesOf({ world, live }: WiringQuestion): readonly Live[] {
  if (live === undefined) return [];
  const declared = new Map<unknown, Service>();
  for (const service of world.services.values())
    if (service.stage !== "gone")
      for (const region of service.regions) declared.set(live.find(service, region), service);
  return live.services.map((service) => ({
    service,
    declared: declared.get(service),
    name: declared.get(service)?.key ?? service.resource,
  }));
}
