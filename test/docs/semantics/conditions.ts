import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import { ana, bound, invoker, noon } from "../../access/example.ts";
import { bind, NOON } from "../../access/tiny-world.ts";
import { root } from "../markdown.ts";
import { runMatrix } from "../play.ts";
import { type Claims, example, lets, odd } from "./claims.ts";
import { found } from "./shop.ts";

async function judgedAt(...options: readonly string[]): Promise<unknown> {
  const command = ["drift", "matrix.example.yaml", "--snapshot", "matrix.example.snapshot.json", "--format", "json"];
  const { output } = await runMatrix([...command, ...options], root);
  return (JSON.parse(output) as { readonly asOf: unknown }).asOf;
}

export const conditions: Claims = {
  "`request.time` is the moment at which the reading ended, or the one of `--as-of`.": async () => {
    const { finishedAt } = JSON.parse(readFileSync(`${root}matrix.example.snapshot.json`, "utf8")) as Snapshot;
    expect(await judgedAt()).toBe(finishedAt);
    expect(await judgedAt("--as-of", "2027-07-01")).toBe("2027-07-01T00:00:00Z");
    const snapshot = bound(ana, {}, `request.time <= timestamp("${noon}")`);
    expect(evaluateAccess(snapshot, { asOf: NOON, indirect: "none" }).rows).toHaveLength(1);
    const later = { asOf: (NOON + 1000) as typeof NOON, indirect: "none" } as const;
    expect(evaluateAccess(snapshot, later).rows).toHaveLength(0);
  },
  "A condition that is true counts for nothing, and one that is false lets nobody in.": () =>
    example("true = unconditional", "false = no path"),
  "A condition that is false now and holds at an hour of the next eight days, or on a day of the next two years, is a finding where nobody declared the grant ([`dormant-grant`](rules/dormant-grant.md)). What is over for good is not.":
    () => {
      const rulesFor = (expression: string): readonly string[] => found({ more: [bind(invoker, ana, expression)] });
      expect(rulesFor("request.time.getHours('UTC') == 3")).toContain("error dormant-grant");
      expect(rulesFor("request.time > timestamp('2028-01-01T00:00:00Z')")).toContain("error dormant-grant");
      expect(rulesFor("request.time < timestamp('2026-01-01T00:00:00Z')")).not.toContain("error dormant-grant");
    },
  "Tags, `resource`, `api`, `destination`, `origin` and all of `request` but its time are not known. A condition that needs them is undecided: `conditional`.":
    () => {
      for (const expression of [
        "resource.matchTag('acme/env', 'prod')",
        "resource.matchTagId('tagKeys/1', 'tagValues/2')",
        "resource.hasTagKey('acme/env')",
        "resource.hasTagKeyId('tagKeys/1')",
        "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', '') == 'x'",
        "destination.ip == '10.0.0.1'",
        "request.path == '/'",
        "request.auth.claims.google == 'x'",
      ]) {
        lets(bound(ana, {}, expression), `${ana} conditional`);
      }
      // The evaluator of the tests has no lists, numbers and names beside these.
      for (const expression of [
        "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/viewer'])",
        "destination.port == 443",
        "request.method == 'GET'",
        "origin.ip == '10.0.0.1'",
      ]) {
        const { rows } = evaluateAccess(bound(ana, {}, expression), { asOf: NOON, indirect: "none" });
        expect(rows).toMatchObject([{ principal: ana, verdict: "conditional" }]);
      }
    },
  "Beside something undecided, `||` is true where the other side is true, and `&&` is false where it is false.": () =>
    example("tags are Unknown, which || absorbs", "tags are Unknown, which && absorbs"),
  "A condition that CEL cannot evaluate grants nothing, and is a finding ([`condition-without-effect`](rules/condition-without-effect.md)).":
    () => {
      example("any other CEL error: not granted, and a finding");
      expect(found({ more: [bind(invoker, ana, "weather.fine")] })).toContain("error condition-without-effect");
    },
  "A condition on `resource.name`, `resource.type` or `resource.service` cannot narrow Cloud Run: it is undecided, and the same finding.":
    () => {
      example("resource.name does not scope Cloud Run: Unknown, and a finding");
      for (const attribute of ["name", "type", "service"]) {
        const snapshot = bound(ana, {}, `resource.${attribute} == 'x'`);
        lets(snapshot, `${ana} conditional`);
        odd(snapshot, `resource-condition ${ana}`);
      }
    },
  "A condition with a loop or a pattern (`exists`, `matches` and their like), or of more than 8000 characters, is not evaluated: it is undecided.":
    () => {
      const long = `request.path == "${"x".repeat(8000)}"`;
      for (const expression of ["[1].exists(x, x == 1)", "'a'.matches('a')", `false && ${long}`]) {
        const { rows } = evaluateAccess(bound(ana, {}, expression), { asOf: NOON, indirect: "none" });
        expect(rows).toMatchObject([{ principal: ana, verdict: "conditional" }]);
      }
    },
  "Any condition on the policy of a declared service is a finding ([`conditional-grant`](rules/conditional-grant.md)): Terraform does not see conditions there.":
    () => {
      expect(found({ more: [bind(invoker, ana, `request.time < timestamp("${noon}")`)] })).toContain(
        "warning conditional-grant",
      );
    },
};
