import { expect } from "vitest";
import type { DriftReport } from "../../../src/drift/drift-report.ts";
import { bind, denyRule, group, read, roleOf } from "../../access/tiny-world.ts";
import { driftOf } from "../../drift/drift-of.ts";
import { live } from "../../drift/live-world.ts";
import type { Claims } from "./claims.ts";
import { billingResource, checkout, dana, found, matrix, report, type Shop, shop } from "./shop.ts";

const invoker = "roles/run.invoker";
const developer = "roles/run.developer";
const developers = "group:developers@acme.example";
const oncall = "group:oncall@acme.example";
const project = "projects/acme-prod";

const inherited = `${matrix}inherited:
  developers: { principal: "${developers}", role: ${developer}, at: [${project}], reason: They deploy }
`;
const withGroup = `${matrix.replace("trust:", `callers:\n  oncall: { group: oncall@acme.example }\ntrust:`)}  oncall -> billing: { reason: Night duty, expires: 2027-01-01 }\n`;

/** Whether each path of a principal's rows is declared, and the whole row. */
function declaredOf({ access }: DriftReport, principal: string): readonly string[] {
  return access
    .filter((row) => row.principal === principal)
    .map(({ declared, paths }) => `${declared}: ${paths.map((path) => path.declared).join()}`);
}

export const declared: Claims = {
  "A path is declared if it is one binding on the service itself, of the role of its row in the matrix, and its member is a declared caller there.":
    () => {
      expect(declaredOf(report({ billing: [checkout] }), checkout)).toEqual(["true: true"]);
      expect(declaredOf(report({ more: [bind(developer, checkout)] }), checkout)).toEqual(["false: false"]);
      expect(declaredOf(report({ billing: [dana] }), dana)).toEqual(["false: false"]);
      const above = report({ world: { bindings: [bind(invoker, checkout)] } });
      expect(declaredOf(above, checkout)).toEqual(["false: false", "false: false"]);
    },
  "A row is declared if one of its paths is.": () => {
    const parts = { billing: [checkout], more: [bind(developer, checkout)] };
    expect(declaredOf(report(parts), checkout)).toEqual(["true: false,true"]);
  },
  "Another path of a declared caller is a warning ([`access-beyond-matrix`](rules/access-beyond-matrix.md)): to remove the edge would not remove the access.":
    () => {
      expect(found({ billing: [checkout], more: [bind(developer, checkout)] })).toEqual([
        "warning access-beyond-matrix",
      ]);
    },
  "A declared caller without its declared path is a finding ([`declared-caller-missing`](rules/declared-caller-missing.md)), an error. Where it may call in another way it is a warning that says by which.":
    () => {
      expect(found({})).toEqual(["error declared-caller-missing"]);
      const other = report({ more: [bind(developer, checkout)] }).findings.find(
        ({ rule }) => rule === "declared-caller-missing",
      );
      expect(other).toMatchObject({
        severity: "warning",
        message: expect.stringContaining(`may call only because ${checkout} has ${developer} on it`),
      });
    },
  "An entry under `inherited` covers every path that begins with its grant: the same principal, role and place, on a project, folder or organization.":
    () => {
      const parts: Shop = { billing: [checkout], world: { bindings: [bind(developer, developers)] } };
      expect(found(parts)).toEqual(["error undeclared-caller-inherited"]);
      expect(found(parts, inherited)).toEqual([]);
      const within = { ...parts.world, groups: [group("developers@acme.example", [dana])] };
      expect(found({ ...parts, world: within }, inherited)).toEqual([]);
      const otherRole = { bindings: [bind(developer, developers), bind("roles/editor", developers)] };
      expect(found({ ...parts, world: otherRole }, inherited)).toEqual(["error undeclared-caller-inherited"]);
    },
  "Who comes in through a declared group needs no word of their own.": () => {
    const groups = [group("oncall@acme.example", [dana])];
    const parts = { billing: [checkout, oncall], world: { groups } };
    expect(found(parts, withGroup)).toEqual([]);
    expect(declaredOf(report(parts, withGroup), dana)).toEqual(["false: false"]);
    expect(found(parts)).toEqual(["error undeclared-caller"]);
  },
  "Every other path is undeclared, unless it is managed or its row is `denied`. Where its grant stands and what it is decides which rule names it.":
    () => {
      const billing = [checkout];
      expect(found({ billing: [...billing, dana] })).toEqual(["error undeclared-caller"]);
      expect(found({ billing, more: [bind(developer, dana)] })).toEqual(["error undeclared-caller-other-role"]);
      expect(found({ billing, world: { bindings: [bind(developer, dana)] } })).toEqual([
        "error undeclared-caller-inherited",
      ]);
      expect(found({ billing: [...billing, "allUsers"] })).toEqual(["error public-undeclared"]);
      expect(found({ billing, fields: { invokerCheckDisabled: true } })).toEqual(["error invoker-check-disabled"]);
      const deny = read([{ name: "fence", rules: [denyRule(["principal://goog/subject/dana@acme.example"])] }]);
      expect(found({ billing: [...billing, dana], world: { project: { deny } } })).toEqual([]);
    },
  "A declared caller whom a deny policy stops is a finding too.": () => {
    const rule = denyRule(["principal://goog/subject/checkout-sa@acme-prod.iam.gserviceaccount.com"]);
    const deny = read([{ name: "fence", rules: [rule] }]);
    const { findings } = report({ billing: [checkout], world: { project: { deny } } });
    expect(findings).toMatchObject([{ rule: "declared-caller-missing", severity: "error" }]);
    expect(findings[0]?.message).toContain("a deny policy stops it");
  },
};

const wide = { bindings: [bind(developer, developers)] };

export const finding: Claims = {
  "One grant is one finding of a rule, however many services it opens: a grant is level, resource, role, member and condition. All that it opens stand in `services`.":
    () => {
      const { findings } = report({ billing: [checkout], world: wide });
      expect(findings).toMatchObject([{ services: ["billing", "checkout"], resource: project, role: developer }]);
      const dated = (year: number) => bind(invoker, dana, `request.time < timestamp("${year}-01-01T00:00:00Z")`);
      const both = report({ billing: [checkout], more: [dated(2030), dated(2031)] }).findings;
      const undeclared = both.filter(({ rule }) => rule === "undeclared-caller");
      expect(new Set(undeclared.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    },
  "A set and those who are in it share one finding, that of the grant to the set.": () => {
    const groups = [group("oncall@acme.example", [dana, "user:eve@acme.example"])];
    const { findings } = report({ billing: [checkout, oncall], world: { groups } });
    expect(findings).toMatchObject([{ rule: "undeclared-caller", principal: oncall }]);
  },
  "The fingerprint is made of the rule, the environment and the grant, without services, etags, times and versions.":
    () => {
      const [one] = report({ billing: [checkout], world: wide }).findings;
      const snapshot = shop({ billing: [checkout], world: wide });
      const { services = [] } = {
        services: [live("checkout"), live("billing", [bind(invoker, checkout)]), live("extra")],
      };
      const later = {
        ...shop({ world: { ...wide, services } }),
        version: "9.9.9",
        finishedAt: "2026-12-24T00:00:00Z",
        containers: snapshot.containers.map((each) => ({
          ...each,
          policy: read({ etag: "BwX", bindings: wide.bindings }),
        })),
      };
      const other = driftOf(matrix, later).findings.find(({ rule }) => rule === one?.rule);
      expect(other?.services).toHaveLength(3);
      expect(other?.fingerprint).toBe(one?.fingerprint);
      const [elsewhere] = report({ billing: [checkout], more: wide.bindings }).findings;
      expect(elsewhere?.fingerprint).not.toBe(one?.fingerprint);
    },
  "Add any one grant, and every finding that appears names it in its paths.": () => {
    const names = (parts: Shop, resource: string, role: string, member: string): void => {
      const before = new Set(report({ billing: [checkout] }).findings.map(({ fingerprint }) => fingerprint));
      const appeared = report(parts).findings.filter(({ fingerprint }) => !before.has(fingerprint));
      expect(appeared.length).toBeGreaterThan(0);
      for (const { paths } of appeared)
        expect(paths.flatMap(({ hops }) => hops)).toContainEqual(expect.objectContaining({ resource, role, member }));
    };
    names({ billing: [checkout, dana] }, billingResource, invoker, dana);
    names({ billing: [checkout, "allUsers"] }, billingResource, invoker, "allUsers");
    names({ billing: [checkout], more: [bind(developer, checkout)] }, billingResource, developer, checkout);
    names({ billing: [checkout], world: wide }, project, developer, developers);
  },
  "Its confidence is `certain` where a way is `allowed`, `conditional` where it is that, and `possible` where it is `unknown`.":
    () => {
      const confidenceOf = (parts: Shop): readonly string[] =>
        report({ billing: [checkout], ...parts })
          .findings.filter(({ rule }) => rule.startsWith("undeclared"))
          .map(({ confidence, severity }) => `${confidence} ${severity}`);
      expect(confidenceOf({ more: [bind(invoker, dana)] })).toEqual(["certain error"]);
      expect(confidenceOf({ more: [bind(invoker, dana, "resource.matchTag('a', 'b')")] })).toEqual([
        "conditional error",
      ]);
      const roles = [roleOf("roles/half", { status: "denied", reason: "403" })];
      expect(confidenceOf({ more: [bind("roles/half", dana)], world: { roles } })).toEqual(["possible warning"]);
    },
  "What still keeps requests away from an open service (ingress, a default URL that is off, the proxy) is told in the sentence, and excuses nothing.":
    () => {
      const [open] = report({ billing: [checkout, "allUsers"], fields: { defaultUrlDisabled: true } }).findings;
      expect(open).toMatchObject({ rule: "public-undeclared", severity: "error" });
      expect(open?.message).toContain("(in the way today: ingress internal, default URL off)");
    },
};
