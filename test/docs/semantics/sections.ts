import { accounts, agents } from "./accounts.ts";
import { assumptions } from "./assumptions.ts";
import type { Claims } from "./claims.ts";
import { conditions } from "./conditions.ts";
import { declared, finding } from "./declared.ts";
import { deny, invokerCheck } from "./deny.ts";
import { identityAwareProxy } from "./iap.ts";
import { indirect } from "./indirect.ts";
import { outside } from "./outside.ts";
import { isNotRead, isRead } from "./reads.ts";
import { roles } from "./roles.ts";
import { rowsAndPaths, words } from "./rows.ts";
import { scope } from "./scope.ts";
import { sets } from "./sets.ts";

/** The sections of docs/semantics.md in their order, with all that they say. */
export const sections: Readonly<Record<string, Claims>> = {
  Words: words,
  "Rows and paths": rowsAndPaths,
  Roles: roles,
  Sets: sets,
  Conditions: conditions,
  "Deny policies": deny,
  "Invoker check": invokerCheck,
  "Identity-Aware Proxy": identityAwareProxy,
  "Accounts and dead members": accounts,
  "Google's own agents": agents,
  "Indirect callers": indirect,
  "Declared, inherited, undeclared": declared,
  "Callers from outside": outside,
  "What is one finding": finding,
  "Scope, horizon, incomplete": scope,
  "What is read, and how": isRead,
  "What is not read": isNotRead,
  Assumptions: assumptions,
};
