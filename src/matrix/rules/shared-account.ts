import type { Draft } from "../../finding/draft.ts";
import { type AccountHolder, accountHolders } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import { accountPlace, identityPlace, previousAccountPlace } from "./account-place.ts";
import type { Rule } from "./rule.ts";

/** Who runs as the same account may call the same services, whatever the matrix says of each. */
export const sharedAccount: Rule = {
  id: "shared-account",
  severity: "warning",
  summary: "two services or callers that are one identity",
  stopsSynth: false,
  *check(matrix) {
    const current = new Map<string, AccountHolder>();
    // A service of staging that runs as one of prod acts as prod; callers are often the same in both.
    const services = new Map<string, AccountHolder>();
    for (const holder of accountHolders(matrix)) {
      const { email } = holder.account;
      const key = `${holder.environment} ${email}`;
      const beside = current.get(key);
      if (beside !== undefined) {
        if (!areManaged(holder, beside)) yield shared(matrix, holder, beside);
        continue;
      }
      current.set(key, holder);
      if (matrix.names.get(holder.holder)?.section !== "services") continue;
      const elsewhere = services.get(email);
      if (elsewhere === undefined) services.set(email, holder);
      else if (!areManaged(holder, elsewhere)) yield* sharedAcross(matrix, holder, elsewhere);
    }
    yield* previousAccounts(
      matrix,
      (environment, email) => current.get(`${environment} ${email}`) ?? services.get(email),
    );
    yield* people(matrix);
  },
};

/** Two that are both managed are a collision, a graver thing. */
function areManaged(one: AccountHolder, other: AccountHolder): boolean {
  return one.managed && other.managed;
}

function shared(matrix: Matrix, holder: AccountHolder, other: AccountHolder): Draft {
  return {
    message: `${holder.holder} and ${other.holder} both run as ${holder.account.email}, so what one may call the other may too`,
    help: "give each an account of its own",
    at: accountPlace(matrix, holder),
    related: [{ message: `${other.holder} runs as it too`, at: accountPlace(matrix, other) }],
    environment: holder.environment,
    ...between(matrix, holder.holder, other.holder),
  };
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

function* people({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    const first = new Map<string, Caller>();
    for (const caller of callers.values()) {
      if (caller.account !== undefined) continue;
      const other = first.get(caller.principal);
      if (other === undefined) {
        first.set(caller.principal, caller);
        continue;
      }
      yield {
        message: `${caller.key} and ${other.key} are both ${caller.principal}, so what one may call the other may too`,
        help: "keep one of them",
        at: identityPlace(caller, environment.name),
        related: [{ message: `${other.key} is it too`, at: identityPlace(other, environment.name) }],
        environment: environment.name,
        services: [caller.key, other.key],
        caller: caller.key,
      };
    }
  }
}

/** What exceptions may name: either of the two. */
function between({ names }: Matrix, one: string, other: string): Pick<Draft, "services" | "caller"> {
  const caller = [one, other].find((name) => names.get(name)?.section === "callers");
  return { services: [one, other], ...(caller === undefined ? {} : { caller }) };
}
