import type { LiveView } from "../drift/view-live.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { readAccount } from "../matrix/model/resolve-service.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { AccountPlace } from "./modes-report.ts";

/** Says of each service whose account it runs as, and what an account of its own would change. */
export function accountPlace(
  { document }: Matrix,
  { services, edges }: World,
  view: LiveView | undefined,
): (service: Service) => Omit<AccountPlace, "elsewhere"> {
  const calls = new Map<string, Set<string>>();
  for (const { caller, callee } of edges) {
    const known = calls.get(caller);
    if (known === undefined) calls.set(caller, new Set([callee]));
    else known.add(callee);
  }
  const runsAs = new Map<string, string[]>();
  for (const { key, account } of services.values()) {
    const email = account.email.toLowerCase();
    const known = runsAs.get(email);
    if (known === undefined) runsAs.set(email, [key]);
    else known.push(key);
  }
  return (service) => {
    const { account, key, project } = service;
    const manage = account.source === "project" ? account.manage : "email";
    const email = account.email.toLowerCase();
    // Its own by the template, whatever is written now.
    const own = readAccount(undefined, service.formerNames[0] ?? key, project, document.defaults).email;
    const sharedWith = (runsAs.get(email) ?? []).filter((other) => other !== key);
    const hasOwn = manage === "create" || (own === email && sharedWith.length === 0);
    if (hasOwn) return { manage, email, step: undefined };
    const state = view?.accountState(own);
    return {
      manage,
      email,
      step: {
        to: own,
        exists: state === undefined || state === "unread" ? undefined : state !== "missing",
        callees: [...(calls.get(key) ?? [])].sort(),
        sharedWith,
        isPrevious: service.previousAccounts.some((previous) => previous.email.toLowerCase() === email),
      },
    };
  };
}
