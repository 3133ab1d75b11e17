import { describeCaller } from "../../callers/caller-of.ts";
import type { Draft } from "../../finding/draft.ts";
import { type AccountHolder, accountHolders } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import { identityOf, outsidersAcross } from "./outsiders-across.ts";
import { accountPlace, identityPlace, previousAccountPlace } from "./account-place.ts";
import { briefList } from "../../words/brief.ts";
import { sharedPools } from "./shared-pools.ts";
import type { Rule } from "./rule.ts";

/** Where others stand that share an account: a finding must fit a screen. */
const MAX_RELATED = 5;

/** Who runs as the same account may call the same services, whatever the matrix says of each. */
export const sharedAccount: Rule = {
  id: "shared-account",
  severity: "warning",
  summary: "two services or callers that are one identity",
  stopsSynth: false,
  *check(matrix) {
    const current = new Map<string, [AccountHolder, ...AccountHolder[]]>();
    // A service of staging that runs as one of prod acts as prod; callers are often the same in both.
    const services = new Map<string, AccountHolder>();
    const across: Draft[] = [];
    for (const holder of accountHolders(matrix)) {
      const { email } = holder.account;
      const key = `${holder.environment} ${email}`;
      const beside = current.get(key);
      if (beside !== undefined) {
        if (!areManaged(holder, beside[0])) beside.push(holder);
        continue;
      }
      current.set(key, [holder]);
      if (matrix.names.get(holder.holder)?.section !== "services") continue;
      const elsewhere = services.get(email);
      if (elsewhere === undefined) services.set(email, holder);
      else if (!areManaged(holder, elsewhere)) across.push(...sharedAcross(matrix, holder, elsewhere));
    }
    for (const [first, ...others] of current.values()) yield* shared(matrix, first, others);
    yield* across;
    yield* previousAccounts(
      matrix,
      (environment, email) => current.get(`${environment} ${email}`)?.[0] ?? services.get(email),
    );
    yield* sameIdentity(matrix);
    yield* outsidersAcross(matrix);
    yield* sharedPools(matrix);
  },
};

/** Two that are both managed are a collision, a graver thing. */
function areManaged(one: AccountHolder, other: AccountHolder): boolean {
  return one.managed && other.managed;
}

/** All who run as one account of one environment. */
function* shared(matrix: Matrix, first: AccountHolder, [second, ...others]: readonly AccountHolder[]): Iterable<Draft> {
  if (second === undefined) return;
  const names = [first, second, ...others].map(({ holder }) => holder);
  const isCaller = (name: string): boolean => matrix.names.get(name)?.section === "callers";
  yield {
    message: sayTogether(names, ["", `run as ${first.account.email}`]),
    help: "give each an account of its own",
    at: accountPlace(matrix, second),
    related: [first, ...others].slice(0, MAX_RELATED).map((each) => ({
      message: `${each.holder} runs as it too`,
      at: accountPlace(matrix, each),
    })),
    environment: first.environment,
    services: names.filter((name) => !isCaller(name)),
    callers: names.filter(isCaller),
    together: true,
  };
}

/** That some are one identity, and what follows. The words before and after both or all. Of two the one that the finding stands at comes first. */
function sayTogether(names: readonly string[], [before, after]: readonly [string, string]): string {
  return names.length === 2
    ? `${names.toReversed().join(" and ")} ${before}both ${after}, so what one may call the other may too`
    : `${briefList(names)} ${before}all ${after}, so what one may call the others may too`;
}

/** The same finding for each of the two environments, so that whoever looks at one of them sees it. */
function* sharedAcross(matrix: Matrix, holder: AccountHolder, other: AccountHolder): Iterable<Draft> {
  const { email } = holder.account;
  const message =
    holder.holder === other.holder
      ? `${holder.holder} runs as ${email} in ${other.environment} and in ${holder.environment}, so either may call what the other may`
      : `${holder.holder} in ${holder.environment} and ${other.holder} in ${other.environment} both run as ${email}, so what one may call the other may too`;
  for (const { environment } of [other, holder]) {
    yield {
      message,
      help: "give it an account of its own in each environment",
      at: accountPlace(matrix, holder),
      related: [{ message: `this is where it is in ${other.environment}`, at: accountPlace(matrix, other) }],
      environment,
      ...between(matrix, holder.holder, other.holder),
    };
  }
}

/** Until its date, a previous account may call as the service may; whoever else runs as it may then too. */
function* previousAccounts(
  matrix: Matrix,
  holderOf: (environment: string, email: string) => AccountHolder | undefined,
): Iterable<Draft> {
  for (const { environment, services } of matrix.worlds) {
    for (const service of services.values()) {
      if (service.stage === "retiring" || service.stage === "gone") continue;
      for (const [index, { email, until, end }] of service.previousAccounts.entries()) {
        const other = holderOf(environment.name, email.toLowerCase());
        if (other === undefined || end === undefined || matrix.asOf >= end) continue;
        const isHere = other.environment === environment.name;
        if (isHere && other.holder === service.key) continue;
        const who = isHere ? other.holder : `${other.holder} in ${other.environment}`;
        yield {
          message: `the previous account ${email} of ${service.key} is the account of ${who}, which may call as ${service.key} may until ${until}`,
          help: `delete it, or give ${other.holder} an account of its own`,
          at: previousAccountPlace(service, environment.name, index),
          related: [{ message: `${other.holder} runs as it`, at: accountPlace(matrix, other) }],
          environment: environment.name,
          ...between(matrix, service.key, other.holder),
        };
      }
    }
  }
}

/** People who are declared twice, and workloads outside that may act as several accounts. */
function* sameIdentity({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    const byIdentity = new Map<string, Caller[]>();
    for (const caller of callers.values()) {
      const identity = identityOf(caller);
      if (identity === undefined) continue;
      const same = byIdentity.get(identity);
      if (same === undefined) byIdentity.set(identity, [caller]);
      // On one account they are found as that.
      else if (caller.account === undefined || same.every(({ account }) => account?.email !== caller.account?.email))
        same.push(caller);
    }
    for (const [first, second, ...others] of byIdentity.values()) {
      if (first === undefined || second === undefined) continue;
      const names = [first, second, ...others].map(({ key }) => key);
      yield {
        message: sayTogether(names, ["are ", first.account === undefined ? first.principal : describeCaller(first)]),
        help: "keep one of them",
        at: identityPlace(second, environment.name),
        related: [first, ...others].slice(0, MAX_RELATED).map((each) => ({
          message: `${each.key} is it too`,
          at: identityPlace(each, environment.name),
        })),
        environment: environment.name,
        callers: names,
        together: true,
      };
    }
  }
}

/** What exceptions may name: either of the two. */
function between({ names }: Matrix, one: string, other: string): Pick<Draft, "services" | "caller"> {
  const caller = [one, other].find((name) => names.get(name)?.section === "callers");
  return { services: [one, other], ...(caller === undefined ? {} : { caller }) };
}
