import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { attributeFindings } from "../../src/drift/attribute-findings.ts";
import type { AttributedGrant, GrantMaker } from "../../src/drift/attribution.ts";
import { describeAttribution } from "../../src/report/drift/describe-attribution.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
import { type Cloud, startCloud } from "../cloud/server.ts";
import type { WorldEntry } from "../cloud/world.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { plantedSnapshot } from "../example/planted-snapshot.ts";
import { findingOf, hopOf, pathOf, reportOf } from "../report/drift/fixture.ts";

let cloud: Cloud | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

const maker: GrantMaker = {
  at: "2026-11-03T10:02:00Z",
  principal: "dana@acme.example",
  delegation: [],
  userAgent: null,
  isApplier: false,
  method: "SetIamPolicy",
  entry: { logName: "l", timestamp: "2026-11-03T10:02:00Z", insertId: "i" },
  isSure: true,
};

test("a finding tells of its own grant, else of every grant on its way, and of none where it has none", () => {
  const own = { resource: "projects/a", role: "roles/run.invoker", member: "user:dana@acme.example" };
  const other = { ...own, resource: "projects/b" };
  const path = pathOf(
    own,
    { ...other, kind: "impersonate" },
    { ...other, kind: "invoker-check", role: null, member: null },
  );
  const findings = [
    findingOf({ message: "own", resource: own.resource, role: own.role, paths: [path, path] }),
    findingOf({ message: "every", resource: "projects/c", paths: [path] }),
    findingOf({ message: "none" }),
  ];
  const before = reportOf({ findings });
  const after = attributeFindings(before, {
    makerOf: ({ resource }) => (resource === own.resource ? maker : undefined),
    gapsOf: ({ resource }) => [`of ${resource}`, "b", "c", "d"],
  });
  expect(after.findings.map((each) => ({ ...each, attribution: null }))).toEqual(before.findings);
  const { kind: _kind, level: _level, ...grant } = hopOf(own);
  expect(after.findings.map(({ attribution }) => attribution?.grants ?? null)).toEqual([
    [{ ...grant, made: maker, gaps: [] }],
    [
      { ...grant, made: maker, gaps: [] },
      { ...grant, resource: "projects/b", made: null, gaps: ["of projects/b", "b", "c", "d"] },
    ],
    null,
  ]);
  expect(after.findings.map(describeAttribution)).toEqual([
    ["granted at 2026-11-03T10:02:00Z by dana@acme.example (by hand or unknown applier)"],
    [
      "roles/run.invoker at projects/a to user:dana@acme.example: granted at 2026-11-03T10:02:00Z by dana@acme.example (by hand or unknown applier)",
      "roles/run.invoker at projects/b to user:dana@acme.example: granted by somebody who is not in the log that was read (gaps: of projects/b; b; c; 1 more)",
    ],
    [],
  ]);
  const unsure = findingOf({
    attribution: {
      grants: [
        { ...grant, role: own.role, member: own.member, made: { ...maker, principal: null, isSure: false }, gaps: [] },
      ],
    },
  });
  expect(describeAttribution(unsure)[0]).toMatch(
    /by somebody whom the log does not name .*; or by an entry before that/,
  );
});

interface Answer {
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly attribution: { readonly grants: readonly AttributedGrant[] } | null;
  }[];
}

test("without a snapshot the Logging API is asked, up to the reading; the fingerprints stay", async () => {
  const folder = folderOf({ "matrix.yaml": readFileSync("matrix.example.yaml", "utf8") });
  const drift = async (
    logs: Readonly<Record<string, readonly WorldEntry[]>>,
    ...more: readonly string[]
  ): Promise<Answer> => {
    cloud = await startCloud({ ...worldFromSnapshot(plantedSnapshot), logs });
    const ran = await runMatrix(["drift", "--env", "prod", "--format", "json", ...more], {
      cwd: folder,
      env: cloud.env,
    });
    await cloud.close();
    cloud = undefined;
    return JSON.parse(ran.stdout) as Answer;
  };
  const asked = await drift({}, "--attribute");
  const hop = asked.findings
    .flatMap(({ attribution }) => attribution?.grants ?? [])
    .find(({ resource }) => resource.includes("/services/"));
  const level = hop?.resource.split("/").slice(0, 2).join("/") ?? "";
  const entry = (action: string, timestamp: string, who: string): WorldEntry => {
    const protoPayload = {
      serviceName: "run.googleapis.com",
      methodName: "google.cloud.run.v1.Services.SetIamPolicy",
      resourceName: hop?.resource,
      authenticationInfo: { principalEmail: who },
      serviceData: { policyDelta: { bindingDeltas: [{ action, role: hop?.role, member: hop?.member }] } },
    };
    const logName = `${level}/logs/cloudaudit.googleapis.com%2Factivity`;
    const written = { insertId: timestamp, logName, timestamp, protoPayload };
    return written;
  };
  const entries = [
    entry("ADD", "2026-11-03T10:02:00Z", "Dana@boutique.example"),
    entry("REMOVE", "2026-12-03T10:02:00Z", "erin@boutique.example"),
  ];
  const told = await drift({ [level]: entries }, "--attribute", "--applier", "dana@boutique.example");
  expect(told.findings.map(({ fingerprint }) => fingerprint)).toEqual(
    asked.findings.map(({ fingerprint }) => fingerprint),
  );
  const grants = told.findings.flatMap(({ attribution }) => attribution?.grants ?? []);
  expect(grants.find(({ made }) => made !== null)?.made).toMatchObject({ at: "2026-11-03T10:02:00Z", isApplier: true });
  const unknown = grants.filter(({ made }) => made === null);
  expect(unknown.length).toBeGreaterThan(0);
  for (const { gaps } of unknown) expect(gaps.join("; ")).toContain("Google keeps entries for 400 days");
});
