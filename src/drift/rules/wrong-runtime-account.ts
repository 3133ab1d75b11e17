import { isDefaultAccount } from "../../access/default-accounts.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { Draft } from "../draft.ts";
import type { DriftContext, Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { shortName } from "../grant-drafts.ts";
import { type StillRuns, stillRunsAs, whoStays } from "../previous-account.ts";
import { updateCommand } from "../run-command.ts";

/** What a service calls as decides what it may call. */
export const wrongRuntimeAccount: DriftRule = {
  id: "wrong-runtime-account",
  severity: "error",
  summary: "a service runs as another account than the matrix says",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    for (const live of context.live) {
      const { declared, service, name } = live;
      if (declared === undefined) continue;
      const actual = service.account;
      const wanted = declared.account.email.toLowerCase();
      if (actual === undefined || actual === wanted || isDefaultAccount(actual)) continue;
      const still = stillRunsAs(declared, actual, context.matrix.asOf);
      const command = updateCommand(service, "--service-account", wanted);
      yield {
        ...(still === undefined
          ? {
              message: `${name} runs in ${service.record.region} as ${actual}, and the matrix says ${wanted}`,
              fix: `${command}; or, if ${actual} is right, write it as its account in the matrix`,
            }
          : moving(context, live, still, command)),
        services: [name],
        principal: `serviceAccount:${actual}`,
        resource: service.resource,
        identity: [service.resource, actual],
        at: declared.declared.place,
      };
    }
  },
};

/** A service on its way from one account to another: what it still is, until when, and who comes along uninvited. */
function moving(
  context: DriftContext,
  live: Live,
  { previous: { email, until }, isOver, severity }: StillRuns,
  command: string,
): Pick<Draft, "severity" | "message" | "fix"> {
  const { service, name } = live;
  const account = email.toLowerCase();
  const end = isOver
    ? `whose time ended (${until}), so its calls fail or are about to`
    : `which may call until ${until}`;
  return {
    severity,
    message: `${name} still runs in ${service.record.region} as its previous account ${account}, ${end}${besides(whoStays(context.live, account, name, context.matrix.asOf), isOver)}`,
    fix: isOver
      ? `${command}; if the move takes longer, write a later until`
      : `deploy it as its own account before then: ${command}`,
  };
}

function besides(names: readonly string[], isOver: boolean): string {
  if (names.length === 0 || isOver) return "";
  const short = names.map(shortName);
  const shown = short.length > 4 ? [...short.slice(0, 3), `${short.length - 3} more`] : short;
  const verb = names.length === 1 ? "runs as it too and is not moving" : "run as it too and are not moving";
  return `; ${enumerateWords(shown, "and")} ${verb}`;
}
