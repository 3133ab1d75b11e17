import { invoker, live, sa, world } from "../live-world.ts";
import { type DriftCase, matrix } from "./drift-case.ts";

const lapsedEdge = matrix(`
services:
  billing: { owner: team-payments }
callers:
  oncall: { owner: team-sre, group: oncall@acme.example }
trust:
  oncall -> billing: { reason: Break-glass reads, expires: 2026-10-31 }
`);

const moved = matrix(`
services:
  checkout:
    owner: team-checkout
    previousAccounts: [{ email: legacy-sa@acme-prod.iam.gserviceaccount.com, until: 2026-10-31 }]
  billing: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
`);

/** Access whose time is over. */
export const endedCases: readonly DriftCase[] = [
  {
    rule: "expired-grant",
    matrix: lapsedEdge,
    bad: world({ services: [live("billing", [invoker("group:oncall@acme.example")])] }),
    good: world({ services: [live("billing")] }),
  },
  {
    rule: "expired-previous-account",
    matrix: moved,
    bad: world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), sa("legacy"))])] }),
    good: world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"))])] }),
  },
];
