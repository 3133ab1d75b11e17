import { describeCaller, outsideOf } from "../../callers/caller-of.ts";
import type { Draft } from "../../finding/draft.ts";
import { accountHolders } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import type { Place } from "../text/place.ts";
import { groupBy } from "../../words/group-by.ts";
import { accountPlace, identityPlace, previousAccountPlace } from "./account-place.ts";

/** Who stands behind a caller, whatever it calls as: equal for equal people, and for equal tokens of an issuer. */
export function identityOf(caller: Caller): string | undefined {
  if (caller.account === undefined) return caller.principal;
  const outside = outsideOf(caller);
  if (outside === undefined) return undefined;
  if (outside.kind === "known") return JSON.stringify(outside.principal);
  const { trust, pool, match } = outside;
  // A provider that is there already knows of no audience or kind that the matrix gives.
  if (pool.existing?.provider !== undefined && trust.type === "oidc") return JSON.stringify([trust.issuer, match]);
  // `apart` holds what the match leaves out: of a SPIFFE identity the trust domain.
  return JSON.stringify([trust, pool.apart, match]);
}

/**
 * Accounts that several environments have, and of which somebody outside may act in one of them alone: Google knows no
 * environments, so whoever may act as the account may call in all of them.
 */
export function* outsidersAcross(matrix: Matrix): Iterable<Draft> {
  const outsiders = matrix.worlds.flatMap(({ environment, callers }) =>
    [...callers.values()].flatMap((caller) => {
      const identity = outsideOf(caller) === undefined ? undefined : identityOf(caller);
      return identity === undefined ? [] : [{ environment: environment.name, caller, identity }];
    }),
  );
  if (outsiders.length === 0) return;
  const byEmail = groupBy(outsiders, ({ caller }) => caller.account?.email);
  for (const { holder, environment, email, runs, at } of [...currentAccounts(matrix), ...previousAccounts(matrix)]) {
    const all = byEmail.get(email) ?? [];
    const here = new Set(all.filter((each) => each.environment === environment).map(({ identity }) => identity));
    const other = all.find((each) => each.environment !== environment && !here.has(each.identity));
    if (other === undefined) continue;
    const isCaller = matrix.names.get(holder)?.section === "callers";
    yield {
      severity: "error",
      message: `${holder} ${runs} ${email} here, and in ${other.environment} ${describeCaller(other.caller)} may act as that account, so it may call here what ${holder} may`,
      help: "give it an account of its own in each environment",
      at,
      related: [
        { message: `this is who may in ${other.environment}`, at: identityPlace(other.caller, other.environment) },
      ],
      environment,
      ...(isCaller ? { callers: [holder] } : { services: [holder] }),
    };
  }
}

interface Held {
  readonly holder: string;
  readonly environment: string;
  readonly email: string;
  readonly runs: string;
  readonly at: Place;
}

function currentAccounts(matrix: Matrix): readonly Held[] {
  return accountHolders(matrix).map((each) => {
    const { holder, environment, account } = each;
    return { holder, environment, email: account.email, runs: "runs as", at: accountPlace(matrix, each) };
  });
}

/** Until its date, a previous account stands in the rows that its service stands in. */
function previousAccounts({ worlds, asOf }: Matrix): readonly Held[] {
  return worlds.flatMap(({ environment: { name: environment }, services }) =>
    [...services.values()].flatMap((service) =>
      service.previousAccounts.flatMap(({ email, end }, index) =>
        end === undefined || asOf >= end
          ? []
          : [
              {
                holder: service.key,
                environment,
                email: email.toLowerCase(),
                runs: "has the previous account",
                at: previousAccountPlace(service, environment, index),
              },
            ],
      ),
    ),
  );
}
