import { readFileSync } from "node:fs";
import { assert, property } from "fast-check";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { askLive } from "../../src/ask/ask-live.ts";
import { explainAccess } from "../../src/ask/explain/explain-access.ts";
import type { ExplainReport } from "../../src/ask/explain/explain-report.ts";
import { LiveIndex } from "../../src/access/live-index.ts";
import { parseMember } from "../../src/access/member.ts";
import { viewLive } from "../../src/drift/view-live.ts";
import { explainFormats } from "../../src/report/explain/formats.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Instant } from "../../src/time/instant.ts";
import { bind, emptySnapshot, group } from "../access/tiny-world.ts";
import { arbitraryContent, type Content } from "../cloud/arbitrary-snapshot.ts";
import { compare } from "../drift/properties/compare.ts";
import { readMatrixFor, worldOf } from "../drift/drift-of.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { schemaShapes, undescribed } from "../schema-shapes.ts";
import { github, inGithub } from "../drift/outside-world.ts";
import { explained, shop } from "./explained.ts";
import { pods } from "./outside-fixtures.ts";

const schema: object = JSON.parse(
  readFileSync(new URL("../../schemas/explain-access.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
const options = { color: false, width: 100, quiet: false, verbose: true, version: "1.2.3" };

const evil = "a\u202eb\u001b[31m=1+1\n::error::<script>";
const worlds: Readonly<Record<string, ExplainReport>> = {
  declared: explained({}),
  refused: explained({ status: 401, caller: "other" }),
  live: explained({ snapshot: world({ services: [live("web"), live("pay", [invoker(sa("web"))])] }), status: 403 }),
  unread: explained({
    snapshot: world({
      services: [live("web"), { ...live("pay"), policy: { status: "denied", reason: evil } }],
      groups: [group("devs@acme.example", { status: "denied", reason: evil })],
    }),
  }),
  outside: explained(pods),
  exchange: explained({ ...pods, snapshot: inGithub({ accounts: [] }), matrix: github, caller: "deploy", status: 400 }),
  hostile: {
    ...explained({
      snapshot: world({
        services: [live("web"), live("pay", [bind("roles/run.invoker", sa("web"), `"${evil}" == request.host`)])],
      }),
      audience: evil,
      history: {
        versions: () => [
          {
            commit: { id: "0".repeat(40), at: 0 as Instant, author: evil, subject: evil },
            name: "m.yaml",
            read: () => ({ kind: "unusable", problem: evil }),
          },
        ],
        cutOff: () => evil,
      },
    }),
  },
};

describe.each(Object.entries(worlds))("%s", (_, report) => {
  test("JSON is as its schema says, and says what the report says", () => {
    const text = explainFormats.json(report, options);
    const parsed: unknown = JSON.parse(text);
    validate(parsed);
    expect(validate.errors).toBe(null);
    expect(parsed).toMatchObject({ answer: report.answer, causes: report.causes, version: "1.2.3" });
  });

  test("no format lets foreign text act", () => {
    for (const format of Object.values(explainFormats)) {
      const written = format(report, options);
      // oxlint-disable-next-line no-control-regex
      expect(written).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u202e]/);
      expect(written).not.toMatch(/^::/m);
      expect(written.endsWith("\n")).toBe(true);
    }
    expect(explainFormats.csv(report, options)).not.toMatch(/(^|,)"?[=@+-]/m);
  });
});

test("the schema describes every key", () => {
  expect(undescribed(schema)).toEqual([]);
  for (const shape of Object.values(schemaShapes(schema))) expect(Object.values(shape)).not.toContain("optional");
});

test("what is only possible is folded where something is certain, and told in full where a call is asked about", () => {
  const report = explained({ caller: "other" });
  const folded = explainFormats.text(report, { ...options, verbose: false });
  expect(folded).toMatch(/possible as well: the token is for another audience; /);
  expect(folded).not.toMatch(/possible: /);
  expect(explainFormats.text(report, options)).toMatch(/possible: the token is for another audience/);
  expect(explainFormats.text(explained({ status: 401 }), { ...options, verbose: false })).toMatch(
    /possible: the token/,
  );
  expect(explainFormats.text(report, { ...options, quiet: true })).not.toMatch(/possible/);
});

test("on generated worlds the answer is what the evaluator says of the caller", () => {
  const principals = ["user:ann@acme.example", "serviceAccount:a@alpha.iam.gserviceaccount.com"];
  let asked = 0;
  assert(
    property(arbitraryContent, (drawn) => {
      // The ids of that cloud are shorter than those of projects are.
      const content: Content = JSON.parse(
        JSON.stringify(drawn).replaceAll("alpha", "alpha-prod").replaceAll("beta", "beta-prod"),
      );
      const snapshot: Snapshot = sealSnapshot({ ...emptySnapshot, ...content, environment: "prod" });
      const text = `${shop.replace("acme-prod", content.asked.projects[0] ?? "alpha-prod")}`;
      const validated = readMatrixFor(text, snapshot);
      const { matrix, name, locate } = validated;
      if (matrix === undefined) throw new Error("no matrix");
      const at = worldOf(validated);
      const drift = compare(matrix, at, snapshot);
      const looked = askLive(drift, at, snapshot);
      if (looked.drift === null) throw new Error("nothing live");
      const view = viewLive(snapshot, matrix.asOf);
      const index = new LiveIndex(snapshot, view.services);
      const members = new Set([...principals, ...drift.access.map(({ principal }) => principal)]);
      const isIn = ({ resource }: { readonly resource: string }): boolean =>
        drift.running.some((each) => each.resource === resource && each.service !== null);
      for (const service of view.services.slice(0, 3)) {
        for (const caller of [...members].filter((each) => /^(user|serviceAccount):/.test(each)).slice(0, 6)) {
          asked += 1;
          const report = explainAccess({
            matrix,
            name,
            world: at,
            locate,
            live: { ...looked, snapshot, view },
            caller,
            callee: at.services.has(service.record.name) && isIn(service) ? service.record.name : service.resource,
            status: null,
            audience: undefined,
            history: null,
          });
          const verdicts = (["direct", "iap"] as const).flatMap((ring) => {
            const rows = drift.access.filter((row) => row.resource === service.resource && row.ring === ring);
            const own = rows.find(({ principal }) => principal === caller);
            if (own?.verdict === "denied") return [];
            return rows
              .filter((row) => row === own || index.contains(parseMember(row.principal), parseMember(caller)))
              .map(({ verdict }) => verdict);
          });
          const best = (["allowed", "conditional", "unknown"] as const).find((each) => verdicts.includes(each));
          // Deny policies treat the members of a set apart, and proxies make a yes less; sets of which nobody knows who is in them make a no unknown.
          const isPlain =
            !service.record.iapEnabled &&
            snapshot.containers.every(({ deny }) => deny.status === "read" && deny.value.length === 0);
          const told = [caller, service.resource, report.answer];
          if (best === undefined && !service.record.invokerCheckDisabled) expect(told).not.toContain("allowed");
          else if (best !== undefined && isPlain) expect(told).toEqual([caller, service.resource, best]);
          if (report.answer !== "allowed") expect(report.causes).not.toEqual([]);
          const isSure = verdicts.includes("allowed") || verdicts.includes("conditional");
          if (isSure) expect(report.paths).not.toEqual([]);
        }
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  expect(asked).toBeGreaterThan(20);
});
