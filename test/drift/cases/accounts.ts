import { account, bind, read } from "../../access/tiny-world.ts";
import { email, invoker, keyOf, live, sa, world } from "../live-world.ts";
import { type DriftCase, matrix, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const good = world({ services: [live("checkout"), live("billing", [row])] });

const withLedger = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
  ledger: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
  billing -> ledger: Books each charge
`);
const ledgerRow = [invoker(sa("billing"))];

const sensitive = matrix(`
sensitive: { labels: { data: pci } }
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments, labels: { data: pci } }
trust:
  checkout -> billing: Charges cards
`);

/** Who services and callers are. */
export const accountCases: readonly DriftCase[] = [
  {
    rule: "wrong-runtime-account",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [row], { account: email("payments") })] }),
    good,
  },
  {
    rule: "default-runtime-account",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [row], { account: null })] }),
    good,
  },
  {
    rule: "shared-runtime-account",
    matrix: withLedger,
    bad: world({
      services: [live("checkout"), live("billing", [row]), live("ledger", ledgerRow, { account: email("billing-sa") })],
    }),
    beside: ["wrong-runtime-account"],
    good: world({ services: [live("checkout"), live("billing", [row]), live("ledger", ledgerRow)] }),
  },
  {
    rule: "user-managed-key",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      accounts: [{ ...account(email("checkout-sa")), keys: read([keyOf("0a1b2c3d4e5f")]) }],
    }),
    good,
  },
  {
    rule: "indirect-caller",
    matrix: sensitive,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      accounts: [
        account(email("checkout-sa"), [bind("roles/iam.serviceAccountTokenCreator", "user:dana@acme.example")]),
      ],
    }),
    good,
  },
];
