import { expect, test } from "vitest";
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

test("whoever makes tokens of it by another role is told", () => {
  const TOKENS = "roles/iam.serviceAccountTokenCreator";
  const snapshot = world({
    services: [live("billing", [invoker(sa("scorer"))])],
    accounts: [account(email("scorer-sa"), [bind(TOKENS, [GITHUB])])],
  });
  const { files } = adopt(snapshot);
  expect(files[ROOT]).toContain(`${GITHUB} may act as it by ${TOKENS}.`);
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
