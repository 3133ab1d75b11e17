import { invoker, live, sa, world } from "../live-world.ts";
import { bind } from "../../access/tiny-world.ts";
import { type DriftCase, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const good = world({ services: [live("checkout"), live("billing", [row])] });

/** Ways in that the matrix does not declare. */
export const undeclaredCases: readonly DriftCase[] = [
  {
    rule: "public-undeclared",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [invoker("allUsers", sa("checkout"))])] }),
    good,
  },
  {
    rule: "invoker-check-disabled",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [row], { invokerCheckDisabled: true })] }),
    good,
  },
  {
    rule: "undeclared-caller",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), "user:dana@acme.example")])] }),
    good,
  },
  {
    rule: "undeclared-caller-inherited",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      bindings: [bind("roles/run.developer", "group:developers@acme.example")],
    }),
    good,
  },
  {
    rule: "dormant-grant",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      bindings: [
        bind("roles/run.developer", "user:dana@acme.example", 'request.time.getHours("UTC") < 6'),
        // What was and will not be again is nothing to tell.
        bind("roles/run.developer", "user:eve@acme.example", 'request.time < timestamp("2026-10-31T00:00:00Z")'),
      ],
    }),
    good,
  },
  {
    rule: "undeclared-caller-other-role",
    matrix: oneEdge,
    bad: world({
      services: [
        live("checkout"),
        live("billing", [row, bind("roles/run.developer", "group:contractors@acme.example")]),
      ],
    }),
    good,
  },
  {
    rule: "agent-role-on-other",
    matrix: oneEdge,
    bad: world({
      services: [live("checkout"), live("billing", [row])],
      bindings: [bind("roles/run.serviceAgent", "user:dana@acme.example")],
    }),
    good,
  },
  {
    rule: "access-beyond-matrix",
    matrix: oneEdge,
    bad: world({ services: [live("checkout"), live("billing", [row, bind("roles/run.developer", sa("checkout"))])] }),
    good,
  },
];
