import { account, read } from "../../access/tiny-world.ts";
import { email, invoker, live, sa, world } from "../live-world.ts";
import { type DriftCase, matrix, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const good = world({ services: [live("checkout"), live("billing", [row])] });

const nightly = matrix(`
services:
  billing: { owner: team-payments, ingress: internal-and-cloud-load-balancing }
callers:
  nightly: { owner: team-batch, serviceAccount: nightly@acme-batch.iam.gserviceaccount.com }
trust:
  nightly -> billing: Closes the books
`);
const nightlyAccount = email("nightly", "acme-batch");
const behindBalancer = { ingress: "internal-and-cloud-load-balancing" } as const;

const publicShop = matrix(`
services:
  shop: { owner: team-web, ingress: all, public: { reason: Customers browse without signing in } }
`);

const planned = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
  refunds: { owner: team-payments, planned: [prod] }
trust:
  checkout -> billing: Charges cards
  checkout -> refunds: Starts refunds
`);

/** What the matrix declares and nobody finds; and what is there before its time. */
export const missingCases: readonly DriftCase[] = [
  {
    rule: "declared-caller-missing",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing")] }),
    good,
  },
  {
    rule: "caller-account-missing",
    matrix: nightly,
    bad: world({
      services: [live("billing", [], behindBalancer)],
      accounts: [{ email: nightlyAccount, details: read(null) }],
    }),
    // A grant to an account that does not exist cannot be made.
    beside: ["declared-caller-missing"],
    good: world({
      services: [live("billing", [invoker(`serviceAccount:${nightlyAccount}`)], behindBalancer)],
      accounts: [account(nightlyAccount)],
    }),
  },
  {
    rule: "caller-account-disabled",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      accounts: [account(email("checkout-sa"), [], true)],
    }),
    good,
  },
  {
    rule: "declared-public-closed",
    matrix: publicShop,
    bad: world({ services: [live("shop", [], { ingress: "all" })] }),
    good: world({ services: [live("shop", [invoker("allUsers")], { ingress: "all" })] }),
  },
  { rule: "service-absent", matrix: oneEdge, bad: world({ services: [live("checkout")] }), good },
  {
    rule: "planned-but-present",
    matrix: planned,
    bad: world({ services: [live("checkout"), live("billing", [row]), live("refunds", [row])] }),
    good,
  },
];
