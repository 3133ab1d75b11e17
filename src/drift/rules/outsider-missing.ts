import { accountResource } from "../../access/account-project.ts";
import { IMPERSONATOR_ROLE } from "../../federation/federation.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { calleesOf } from "../callees-of.ts";
import type { DeclaredOutsider } from "../declared-federation.ts";
import type { DriftContext } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { type LiveFederation, liveFederation } from "../live-federation.ts";
import { placeOf } from "../place-of.ts";

/** A caller from outside gets no token of its account without a grant on it, and a provider that takes its own. */
export const outsiderMissing: DriftRule = {
  id: "outsider-missing",
  severity: "error",
  summary: "a caller from outside cannot act as its account, so its calls fail",
  criteria: ["CC6.1"],
  *check(context) {
    const { federation, snapshot } = context;
    const live = liveFederation(snapshot);
    for (const outsider of federation.outsiders) {
      const { caller, email, member, by, stack } = outsider;
      // Nothing has to be live for a caller that may call nothing: its provider is off.
      if (!outsider.isInForce || member === undefined) continue;
      const grant = grantLack(outsider, context);
      const pool = by.kind === "known" ? [] : poolLacks(outsider, live, context);
      const lacks = [...(grant === undefined ? [] : [grant]), ...pool];
      if (lacks.length === 0) continue;
      const resource = accountResource(email);
      yield {
        message: `${caller} cannot act as ${email}: ${enumerateWords(lacks, "and")}`,
        fix: fixOf(outsider, member, grant !== undefined, pool.length > 0),
        services: calleesOf([caller], context),
        principal: member,
        caller,
        resource,
        role: IMPERSONATOR_ROLE,
        identity: [resource, IMPERSONATOR_ROLE, member],
        ...placeOf(caller, context),
        ...(stack === undefined
          ? {}
          : {
              pending: {
                kind: "addition" as const,
                stack,
                ...(grant === undefined ? {} : { grant: { resource, role: IMPERSONATOR_ROLE, member } }),
              },
            }),
      };
    }
  },
};

/** What is wrong with the grant on the account; of a policy that was not read nothing is known. */
function grantLack(
  { email, member = "" }: DeclaredOutsider,
  { accountOf, federation: { spell } }: DriftContext,
): string | undefined {
  const bindings = valueOf(accountOf(email)?.policy)?.bindings;
  if (bindings === undefined) return undefined;
  const own = bindings.filter(
    ({ role, members }) => role === IMPERSONATOR_ROLE && members.some((each) => spell(each) === spell(member)),
  );
  if (own.some(({ condition }) => condition === undefined)) return undefined;
  return own.length === 0
    ? `${member} does not hold ${IMPERSONATOR_ROLE} on it`
    : `${member} holds ${IMPERSONATOR_ROLE} on it under a condition only`;
}

function poolLacks({ by }: DeclaredOutsider, live: LiveFederation, { federation }: DriftContext): readonly string[] {
  if (by.kind === "known") return [];
  const declared = federation.pools.find(
    ({ pool }) => pool.id === by.pool.id && pool.project.id === by.pool.project.id,
  );
  const name = declared?.name;
  const provider = declared?.providers.find((each) => each.provider.id === by.provider.id)?.name;
  if (name === undefined || provider === undefined) return [];
  const pool = live.poolOf(by.pool.project.id, name);
  if (pool === "unread") return [];
  if (pool === "absent") return [`its pool ${name} does not exist`];
  const off = pool.active ? [] : [`its pool ${name} is off`];
  const record = live.providerOf(pool, provider);
  if (record === "unread") return off;
  if (record === "absent") return [...off, `its provider ${provider} does not exist`];
  return record.active ? off : [...off, `its provider ${provider} is off`];
}

function fixOf({ email, by, stack }: DeclaredOutsider, member: string, isGrant: boolean, isPool: boolean): string {
  const command = shellCommand([
    "gcloud",
    "iam",
    "service-accounts",
    "add-iam-policy-binding",
    email,
    `--member=${member}`,
    `--role=${IMPERSONATOR_ROLE}`,
  ]);
  const isNamed = by.kind === "pooled" && by.provider.origin === "named";
  const pool = isNamed
    ? "turn on, or make, the pool and the provider that the matrix names"
    : "apply what matrix synth writes; what was deleted in the last 30 days has to be undeleted first";
  if (isPool) return isGrant ? `${pool}; then ${command}` : pool;
  return stack === undefined ? command : `apply what matrix synth writes; or ${command}`;
}
