import { expect, test } from "vitest";
import { adoptReport } from "../../src/adopt/adopt-report.ts";
import { nothingElsewhere } from "../../src/adopt/elsewhere.ts";
import { adoptFormats } from "../../src/report/adopt/formats.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { account, bind } from "../access/tiny-world.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import { adopt, errorsIn, ROOT } from "./adopt-of.ts";

const USER = "roles/iam.workloadIdentityUser";
const PODS = "serviceAccount:acme-prod.svc.id.goog[risk/scorer]";
const GITHUB =
  "principalSet://iam.googleapis.com/projects/111111111111/locations/global/workloadIdentityPools/ci/attribute.repository/acme/shop";

const at = (...members: readonly string[]) =>
  world({
    services: [live("billing", [invoker(sa("scorer"))])],
    accounts: [account(email("scorer-sa"), [bind(USER, members)])],
  });

test("an account that one Kubernetes account acts as becomes a caller of its kind, and nothing drifts", () => {
  const snapshot = at(PODS);
  const { files, adoption } = adopt(snapshot);
  expect(files[ROOT]).toContain("gke");
  expect(adoption.matrix.worlds[0]?.callers.get("scorer")).toMatchObject({
    kind: "gke",
    written: {
      gke: { namespace: "risk", serviceAccount: "scorer" },
      account: { id: "scorer-sa", manage: "reference" },
    },
  });
  expect(errorsIn(files, snapshot)).toEqual([]);
  expect(adoption.report.complete).toBe(true);
  expect(adoption.report.findings).toEqual([]);
  // What was adopted once is found again.
  expect(adopt(snapshot, { into: files }).files).toEqual(files);
});

test("either spelling of a Kubernetes account is the one, and both are", () => {
  const principal =
    "principal://iam.googleapis.com/projects/111111111111/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/risk/sa/scorer";
  for (const members of [[principal], [PODS, principal]])
    expect(adopt(at(...members)).adoption.matrix.worlds[0]?.callers.get("scorer")?.kind).toBe("gke");
});

const inDev = (snapshot: Snapshot): Snapshot =>
  // The same world under other names.
  JSON.parse(
    JSON.stringify(snapshot)
      .replaceAll("acme-prod", "acme-dev")
      .replaceAll("111111111111", "222222222222")
      .replaceAll('"prod"', '"dev"'),
  ) as Snapshot;

test("the same Kubernetes names in a second environment are one caller, and others are another", () => {
  const { files } = adopt(at(PODS));
  const both = adopt(inDev(at(PODS)), { into: files, environment: "dev" });
  expect(both.adoption.matrix.worlds.map(({ callers }) => [...callers.keys()])).toEqual([["scorer"], ["scorer"]]);
  expect(errorsIn(both.files, at(PODS))).toEqual([]);
  expect(both.adoption.report.findings).toEqual([]);
  const other = adopt(inDev(at(PODS.replace("risk", "other"))), { into: files, environment: "dev" });
  expect(other.adoption.matrix.worlds.map(({ callers }) => [...callers.keys()])).toEqual([
    ["scorer-account"],
    ["scorer"],
  ]);
});

test("a namesake of a service account in a second environment, as which somebody outside acts, is no silent one", () => {
  const plain = adopt(world({ services: [live("billing", [invoker(sa("scorer"))])] }));
  const pods = adopt(inDev(at(PODS)), { into: plain.files, environment: "dev" });
  const found = (adopted: typeof pods) =>
    adopted.adoption.matrix.worlds.flatMap(({ callers }) => [...callers.values()].map(({ key, kind }) => [key, kind]));
  expect(found(pods)).toEqual([
    ["scorer-account", "gke"],
    ["scorer", "serviceAccount"],
  ]);
  const github = adopt(inDev(at(GITHUB)), { into: plain.files, environment: "dev" });
  expect(found(github)).toEqual([
    ["scorer-account", "serviceAccount"],
    ["scorer", "serviceAccount"],
  ]);
  expect(github.files[ROOT]).toContain(`${GITHUB.replace("111111111111", "222222222222")} may act as it by ${USER}.`);
  // Without anybody outside, the same name in another project is the same thing.
  const same = adopt(inDev(at()), { into: plain.files, environment: "dev" });
  expect(found(same)).toEqual([
    ["scorer", "serviceAccount"],
    ["scorer", "serviceAccount"],
  ]);
});

test("whoever makes tokens of it by another role is told", () => {
  const TOKENS = "roles/iam.serviceAccountTokenCreator";
  const snapshot = world({
    services: [live("billing", [invoker(sa("scorer"))])],
    accounts: [account(email("scorer-sa"), [bind(TOKENS, [GITHUB])])],
  });
  const { files, adoption } = adopt(snapshot);
  expect(files[ROOT]).toContain(`${GITHUB} may act as it by ${TOKENS}.`);
  const report = adoptReport(adoption, {
    states: [],
    elsewhere: nothingElsewhere,
    errors: 0,
    written: true,
    files: [],
  });
  expect(report.outsiders).toEqual([{ caller: "scorer", members: [GITHUB], roles: [TOKENS] }]);
  expect(adoptFormats.text(report, { quiet: false })).toContain(`  scorer: ${GITHUB}\n`);
});

test.each([
  ["of another project", [PODS.replace("acme-prod.svc", "acme-data.svc")]],
  ["two of them", [PODS, PODS.replace("risk", "dev")]],
  ["a pool that is there", [GITHUB]],
])("stays a service account, and a comment says who acts as it: %s", (_what, members) => {
  const { files, adoption } = adopt(at(...members));
  expect(adoption.matrix.worlds[0]?.callers.get("scorer")?.kind).toBe("serviceAccount");
  for (const member of members) expect(files[ROOT]).toContain(member);
  expect(files[ROOT]).toMatch(/# .* may act as it by roles\/iam\.workloadIdentityUser/);
});
