import { expect } from "vitest";
import { requestFor } from "../../../src/cli/live-request.ts";
import type { DriftReport } from "../../../src/drift/drift-report.ts";
import { ana, bound, invoker, ops } from "../../access/example.ts";
import { denied, group, partial, read } from "../../access/tiny-world.ts";
import { readMatrixFor, worldOf } from "../../drift/drift-of.ts";
import { container } from "../../drift/live-world.ts";
import { accessOf, type Claims, gaps, holds } from "./claims.ts";
import { checkout, matrix, report, shop } from "./shop.ts";

const project = "projects/acme-prod";
const exception = `${matrix}exceptions:
  - id: EX-1
    rule: not-readable
    match: { environment: prod, resource: ${project} }
    owner: team-platform
    reason: The role of the reader waits for approval
    expires: 2026-12-31
`;

const billing = [checkout];
const blind = (policy = denied): DriftReport => report({ billing, world: { project: { policy } } });

function scopeOf(text: string): readonly string[] {
  return requestFor(worldOf(readMatrixFor(text, shop({})))).scope;
}

/** A project below a folder that is not in the scope. */
function belowFolder(readFolder: boolean): DriftReport {
  const parent = { details: read({ number: "111111111111", parent: "folders/8" }) };
  const folder = container("folders/8", "8", readFolder ? {} : { policy: denied, deny: denied });
  return report({ billing, world: { project: parent, above: [folder] } });
}

export const scope: Claims = {
  "The scope is what must have been read: the `scope` of the environment, or else its projects.": () => {
    expect(scopeOf(matrix)).toEqual([project]);
    expect(scopeOf(matrix.replace("regions:", "scope: [organizations/9], regions:"))).toEqual(["organizations/9"]);
  },
  "A snapshot that was read for less than the matrix asks for is incomplete.": () => {
    const wide = matrix.replace("regions:", "scope: [folders/8], regions:");
    expect(report({ billing }).complete).toBe(true);
    expect(report({ billing, world: { scope: ["folders/8"] } }, wide)).toMatchObject({
      complete: false,
      unread: [{ what: "list of projects", resource: "folders/8", status: "missing" }],
    });
  },
  "A read inside the scope that did not succeed makes the result incomplete, and is a finding ([`not-readable`](rules/not-readable.md)).":
    () => {
      const { complete, findings, unread } = blind();
      expect(complete).toBe(false);
      expect(findings.map(({ rule }) => rule)).toEqual(["not-readable"]);
      expect(unread).toMatchObject([{ what: "IAM policy", resource: project, services: ["billing", "checkout"] }]);
    },
  "An exception from that rule that names the resource accepts the blind spot, and the result counts as complete.":
    () => {
      const { complete, unread } = report({ billing, world: { project: { policy: denied } } }, exception);
      expect(complete).toBe(true);
      expect(unread).toMatchObject([{ resource: project, accepted: "EX-1" }]);
      const vague = exception.replace(`, resource: ${project}`, "");
      expect(report({ billing, world: { project: { policy: denied } } }, vague).complete).toBe(false);
    },
  "What was read in part counts as not read. What is there of it is used.": () => {
    const policy = partial({ bindings: [{ role: invoker, members: [ana] }] });
    const { complete, access } = report({ billing, world: { project: { policy } } });
    expect(complete).toBe(false);
    expect(access.map(({ principal }) => principal)).toContain(ana);
  },
  "Of what the snapshot has no record, nothing was read.": () => {
    gaps(
      bound(ana, { project: { parent: "folders/8" } }),
      ...["IAM policy", "deny policies", "place in the hierarchy"].map((what) => `${what} folders/8`),
    );
  },
  "Every level above the scope is the horizon. It is read where that is allowed, listed as read or not, and has no effect on whether the result is complete.":
    () => {
      expect(belowFolder(true)).toMatchObject({ complete: true, horizon: [{ resource: "folders/8", read: true }] });
      expect(belowFolder(false)).toMatchObject({
        complete: true,
        horizon: [{ resource: "folders/8", read: false, reason: "403" }],
      });
    },
  "A principal without a row cannot invoke, if nothing is unread on which the service hangs. Else nobody knows, and `unread` names the service.":
    () => {
      const unread = bound("user:bo@acme.test", { project: { bindings: denied } });
      expect(accessOf(unread).unread).toMatchObject([
        { what: "IAM policy", resource: "projects/p1", services: ["projects/p1/locations/r1/services/api"] },
      ]);
      gaps(bound("user:bo@acme.test"));
    },
  "Members of groups are no part of that: a group whose members were not read is listed, and judged as one principal.":
    () => {
      holds(bound(ops, { groups: [group("ops@acme.test", denied)] }), `direct ${ops} allowed`);
      const groups = [group("ops@acme.test", { status: "failed", reason: "not asked" })];
      const { complete, unexpanded } = report({ billing: [...billing, ops], world: { groups } });
      expect({ complete, unexpanded }).toEqual({ complete: true, unexpanded: [ops] });
    },
};
