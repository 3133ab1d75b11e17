import { bind } from "../../access/tiny-world.ts";
import { invoker, live, NUMBER, sa, world } from "../live-world.ts";
import { type DriftCase, matrix, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const good = world({ services: [live("checkout"), live("billing", [row])] });

const behindIap = matrix(`
services:
  backoffice: { owner: team-support, iap: service, ingress: all }
callers:
  support: { owner: team-support, group: support@acme.example }
trust:
  support -> backoffice: { reason: Support desk, through: iap, reviewed: 2026-10-01 }
`);
const agent = [invoker(`serviceAccount:service-${NUMBER}@gcp-sa-iap.iam.gserviceaccount.com`)];

const never = matrix(`
services:
  storefront: { owner: team-web }
  billing: { owner: team-payments }
  ledger: { owner: team-payments }
trust:
  storefront -> billing: Charges cards
  billing -> ledger: Books each charge
rules:
  ledger-inside:
    reason: Billing is the only door to the ledger
    never: { from: storefront, to: ledger }
`);
const beforeLedger = [live("storefront"), live("billing", [invoker(sa("storefront"))])];

/** How services are set up, and the rules of the matrix. */
export const settingCases: readonly DriftCase[] = [
  {
    rule: "ingress-differs",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [row], { ingress: "all" })] }),
    good,
  },
  {
    rule: "iap-differs",
    matrix: behindIap,
    bad: world({ services: [live("backoffice", agent, { ingress: "all" })] }),
    good: world({
      services: [
        live("backoffice", agent, {
          ingress: "all",
          iapEnabled: true,
          iapBindings: [bind("roles/iap.httpsResourceAccessor", "group:support@acme.example")],
        }),
      ],
    }),
  },
  {
    rule: "broken-live",
    matrix: never,
    bad: world({ services: [...beforeLedger, live("ledger", [invoker(sa("billing"), sa("storefront"))])] }),
    beside: ["undeclared-caller"],
    good: world({ services: [...beforeLedger, live("ledger", [invoker(sa("billing"))])] }),
  },
];
