import { matrix } from "../drift/cases/drift-case.ts";
import { email } from "../drift/live-world.ts";

/** The account that checkout ran as, and others may still. */
export const OLD = email("shared");

/** A caller with an edge to every kind of callee. */
export const shop = matrix(`
services:
  checkout:
    owner: team-checkout
    previousAccounts: [{ email: ${OLD}, until: 2027-01-31 }]
  billing: { owner: team-payments }
  settle: { kind: job, owner: team-payments }
  status: { ingress: all, public: { reason: Anybody may look } }
  desk: { iap: service, ingress: all }
  soon: { planned: [prod] }
  seen: { mode: observe }
callers:
  oncall: { group: oncall@acme.example }
trust:
  checkout -> billing: { reason: Charges cards, expires: 2027-06-30 }
  checkout -> settle: Starts it
  checkout -> status: Looks
  checkout -> desk: Asks the desk
  checkout -> soon: Will ask
  checkout -> seen: Asks
  oncall -> desk: { reason: Helps, through: iap, reviewed: 2026-10-01 }
  oncall -> billing: { reason: Was there, expires: 2026-10-31 }
`);
