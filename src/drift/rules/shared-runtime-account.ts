import { calleeKinds } from "../../callees/registry.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { Live } from "../drift-context.ts";
import { shortName } from "../grant-drafts.ts";
import type { DriftRule } from "../drift-rule.ts";
import { isDefaultAccount } from "../../access/default-accounts.ts";

/** Services that share an account share every grant of it. */
export const sharedRuntimeAccount: DriftRule = {
  id: "shared-runtime-account",
  severity: "warning",
  summary: "several services run as one account, so that each may call what any of them may",
  criteria: ["CC6.3"],
  declaredTwin: "shared-account",
  *check({ live: all }) {
    const byAccount = new Map<string, Live[]>();
    for (const live of all) {
      const account = live.service.account;
      if (account === undefined || isDefaultAccount(account)) continue;
      const found = byAccount.get(account);
      if (found === undefined) byAccount.set(account, [live]);
      else found.push(live);
    }
    for (const [account, sharing] of [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1))) {
      // One service in several regions is one service.
      const byService = new Map<string, string>();
      for (const { declared, service, name } of sharing) {
        const { kind, name: id } = service.record;
        const key = JSON.stringify([service.project, calleeKinds[kind].resource, id]);
        if (declared !== undefined || !byService.has(key)) byService.set(key, name);
      }
      const names = [...byService.values()].sort();
      const known = sharing.find(({ declared }) => declared !== undefined)?.declared;
      if (names.length < 2 || known === undefined) continue;
      const short = names.map(shortName);
      const shown = short.length > 4 ? [...short.slice(0, 3), `${short.length - 3} more`] : short;
      yield {
        message: `${enumerateWords(shown, "and")} run as ${account}: each may call what any of them may`,
        fix: "give each service an account of its own",
        services: names,
        principal: `serviceAccount:${account}`,
        resource: account,
        // Whoever joins them makes it another finding.
        identity: [account, ...names],
        at: known.declared.place,
      };
    }
  },
};
