import { bind } from "../../access/tiny-world.ts";
import { invoker, live, sa, world } from "../live-world.ts";
import { type DriftCase, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const good = world({ services: [live("checkout"), live("billing", [row])] });
const FEDERATED =
  "principalSet://iam.googleapis.com/projects/111111111111/locations/global/workloadIdentityPools/github/attribute.repository/acme/shop";

/** Grants that do something else than they seem to. */
export const oddCases: readonly DriftCase[] = [
  {
    rule: "conditional-grant",
    matrix: oneEdge,
    bad: world({
      services: [
        live("checkout"),
        live("billing", [
          bind("roles/run.invoker", sa("checkout"), 'request.time < timestamp("2027-01-01T00:00:00Z")'),
        ]),
      ],
    }),
    good,
  },
  {
    rule: "condition-without-effect",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      bindings: [bind("roles/run.invoker", "group:oncall@acme.example", 'resource.name.endsWith("/services/billing")')],
    }),
    beside: ["undeclared-caller-inherited"],
    good,
  },
  {
    rule: "deleted-member",
    matrix: oneEdge,
    bad: world({
      services: [
        live("checkout"),
        live("billing", [invoker(sa("checkout"), `deleted:${sa("old-shop")}?uid=123456789012345678901`)]),
      ],
    }),
    good,
  },
  {
    rule: "dead-federated-grant",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), FEDERATED)])] }),
    good,
  },
];
