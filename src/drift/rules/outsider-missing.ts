import { accountResource } from "../../access/account-project.ts";
import { IMPERSONATOR_ROLE } from "../../federation/federation.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { calleesOf } from "../callees-of.ts";
import type { DeclaredOutsider } from "../declared-federation.ts";
import type { Draft, RowMember } from "../draft.ts";
import type { DriftContext } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { type LiveFederation, liveFederation } from "../live-federation.ts";
import { PROVIDER_EXISTS } from "../provider-content.ts";
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
      const { caller, email, member } = outsider;
      // Nothing has to be live for a caller that may call nothing: its provider is off.
      if (!outsider.isInForce || member === undefined) continue;
      const grant = grantLack(outsider, context);
      const pool = poolLacks(outsider, live, context);
      const lacks = [...(grant === undefined ? [] : [grant]), ...pool.said];
      if (lacks.length === 0) continue;
      const resource = accountResource(email);
      yield {
        message: `${caller} cannot act as ${email}: ${enumerateWords(lacks, "and")}`,
        fix: fixOf(outsider, member, grant !== undefined, pool.said.length > 0),
        services: calleesOf([caller], context),
        principal: member,
        caller,
        resource,
        role: IMPERSONATOR_ROLE,
        identity: [resource, IMPERSONATOR_ROLE, member],
        ...placeOf(caller, context),
        ...pendingOf(outsider, grant === undefined ? undefined : { resource, role: IMPERSONATOR_ROLE, member }, pool),
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

/** What Terraform makes is on its way, unless it made that once. A provider that was there before it does not make. */
function pendingOf(
  { by, stack }: DeclaredOutsider,
  grant: RowMember | undefined,
  { said, absent }: Lacks,
): Pick<Draft, "pending"> {
  if (stack === undefined || (by.kind === "pooled" && by.provider.origin === "named" && said.length > 0)) return {};
  const provider = absent === undefined ? undefined : { resource: absent, role: PROVIDER_EXISTS, member: "" };
  const first = grant ?? provider;
  return { pending: { kind: "addition", stack, ...(first === undefined ? {} : { grant: first }) } };
}

interface Lacks {
  readonly said: readonly string[];
  /** The provider, where that is not there. */
  readonly absent?: string;
}

function poolLacks({ by }: DeclaredOutsider, live: LiveFederation, { federation }: DriftContext): Lacks {
  if (by.kind === "known") return { said: [] };
  const declared = federation.pools.find(
    ({ pool }) => pool.id === by.pool.id && pool.project.id === by.pool.project.id,
  );
  const name = declared?.name;
  const provider = declared?.providers.find((each) => each.provider.id === by.provider.id)?.name;
  if (name === undefined || provider === undefined) return { said: [] };
  const pool = live.poolOf(by.pool.project.id, name);
  if (pool === "unread") return { said: [] };
  if (pool === "absent") return { said: [`its pool ${name} does not exist`], absent: provider };
  const off = pool.active ? [] : [`its pool ${name} is off`];
  const record = live.providerOf(pool, provider);
  if (record === "unread") return { said: off };
  if (record === "absent") return { said: [...off, `its provider ${provider} does not exist`], absent: provider };
  return { said: record.active ? off : [...off, `its provider ${provider} is off`] };
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
