import { audienceUrl } from "../../matrix/model/audience-url.ts";
import { compareText } from "../../words/compare-text.ts";
import { emailValue } from "./plan-accounts.ts";
import type { StackScope } from "./stack-scope.ts";
import type { StackOutputs, Value } from "./stack-plan.ts";

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
