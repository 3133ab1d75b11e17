import type { Service } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { emailValue } from "./plan-accounts.ts";
import type { StackScope } from "./stack-scope.ts";
import type { StackOutputs, Value } from "./stack-plan.ts";

/** A label of a host name holds at most 63 characters (RFC 1035); a longer one is not the service's URL. */
const MAX_LABEL = 63;

/** What other programs read from a stack: each service's account and the audience to ask tokens for. */
export function planOutputs(scope: StackScope): Omit<StackOutputs, "hash"> {
  const { held } = scope;
  const holders = [...scope.services, ...scope.callers].sort((a, b) => compareText(a.key, b.key));
  const accounts = holders.flatMap(({ key, account }): readonly (readonly [string, Value])[] =>
    account === undefined ? [] : [[key, emailValue(account.email, held)]],
  );
  const audiences = scope.services.flatMap((service): readonly (readonly [string, ReadonlyMap<string, string>])[] => {
    const urls = service.regions.flatMap((region): readonly (readonly [string, string])[] => {
      const url = audienceUrl(service, region);
      return url === undefined ? [] : [[region, url]];
    });
    return urls.length === 0 ? [] : [[service.key, new Map(urls)]];
  });
  return { accounts: new Map(accounts), audiences: new Map(audiences) };
}

/** The deterministic URL of a service (cloud.google.com/run/docs/triggering/https-request); jobs have none. */
function audienceUrl({ kind, name, project }: Service, region: string): string | undefined {
  if (kind === "job" || project.number === undefined) return undefined;
  const label = `${name}-${project.number}`;
  return label.length > MAX_LABEL ? undefined : `https://${label}.${region}.run.app`;
}
