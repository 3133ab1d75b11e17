import { describe, expect, test } from "vitest";
import { bind, denied, partial, read } from "../access/tiny-world.ts";
import { type AppliedFederation, appliedFederation, withProviders } from "./applied-federation.ts";
import { driftOf } from "./drift-of.ts";
import { container, email, invoker, live, world } from "./live-world.ts";
import { type ProviderRecord } from "../../src/snapshot/snapshot.ts";
import { USER, POOL, PODS, github, gke, behind, accountOf, inGithub } from "./outside-world.ts";

describe("what was not read is not clean", () => {
  const gapsOf = (snapshot: ReturnType<typeof world>): readonly string[] => {
    const { complete, unread, findings } = driftOf(github, snapshot);
    expect(complete).toBe(unread.length === 0);
    expect(findings.filter(({ rule }) => rule !== "not-readable")).toEqual([]);
    return unread.map(({ what, resource }) => `${what} of ${resource}`);
  };

  test("account, policy, pools, providers, and what an older version did not read", () => {
    expect(gapsOf(inGithub({}))).toEqual([]);
    const { policy: _policy, ...bare } = accountOf("deploy");
    expect(gapsOf(inGithub({ accounts: [bare] }))).toEqual([`IAM policy of the account of ${email("deploy-sa")}`]);
    expect(gapsOf(inGithub({ accounts: [{ ...bare, policy: denied }] }))).toHaveLength(1);
    expect(gapsOf(inGithub({ accounts: [] })).length).toBeGreaterThan(0);
    const { pools } = appliedFederation(github);
    expect(gapsOf(inGithub({ pools: pools.map((pool) => ({ ...pool, providers: denied })) }))).toEqual([
      `providers of ${POOL}`,
    ]);
    const { mapping: _mapping, ...old } = onlyProvider(appliedFederation(github));
    expect(gapsOf(inGithub(withProviders(appliedFederation(github), () => [old])))).toEqual([
      `mapping, audiences and keys of ${POOL}/providers/github`,
    ]);
    const snapshot = inGithub({});
    const [project, ...others] = snapshot.projects;
    if (project === undefined) throw new Error("no project");
    const half = { ...snapshot, projects: [{ ...project, pools: partial([]) }, ...others] };
    expect(gapsOf(half)).toEqual(["workload identity pools of projects/acme-prod"]);
  });

  test("an account elsewhere counts as well", () => {
    const elsewhere = `scorer@acme-data.iam.gserviceaccount.com`;
    const text = gke.replace("scorer: {", `scorer: { account: { email: ${elsewhere} },`);
    const at = (policy: object) =>
      driftOf(
        text,
        world({
          services: [live("billing", [invoker(`serviceAccount:${elsewhere}`)], behind), live("ledger", [], behind)],
          accounts: [
            { email: elsewhere, details: read({ uniqueId: "1", disabled: false }), keys: read([]), ...policy },
          ],
          above: [container("projects/acme-data", "999")],
        }),
      );
    expect(at({})).toMatchObject({ complete: false, unread: [{ resource: elsewhere }] });
    expect(at({ policy: read({ bindings: [bind(USER, PODS)] }) })).toMatchObject({ complete: true, findings: [] });
    expect(at({ policy: read({ bindings: [] }) }).findings).toMatchObject([{ rule: "outsider-missing" }]);
  });
});

function onlyProvider({ pools }: AppliedFederation): ProviderRecord {
  const [pool] = pools;
  const [provider] = pool !== undefined && "value" in pool.providers ? pool.providers.value : [];
  if (provider === undefined) throw new Error("no provider");
  return provider;
}
