import { expect } from "vitest";
import { outsideMember } from "../../../src/federation/outside-member.ts";
import { planFederation } from "../../../src/federation/plan-federation.ts";
import { account, bind, emptySnapshot } from "../../access/tiny-world.ts";
import { type AppliedFederation, appliedFederation, withProviders } from "../../drift/applied-federation.ts";
import { driftOf, readMatrixFor, worldOf } from "../../drift/drift-of.ts";
import { told } from "../../drift/findings-of.ts";
import { email, invoker, live, NUMBER, sa, world } from "../../drift/live-world.ts";
import type { Claims } from "./claims.ts";

const USER = "roles/iam.workloadIdentityUser";
const fields = { ingress: "internal-and-cloud-load-balancing" } as const;

function matrixOf(caller: string): string {
  return `version: 1
environments:
  prod: { project: acme-prod, number: "${NUMBER}", regions: [europe-west1] }
services:
  billing: { owner: team-payments, ingress: internal-and-cloud-load-balancing }
callers:
  deploy: { owner: team-web, ${caller} }
trust:
  deploy -> billing: Warms it up
`;
}

const matrix = matrixOf('github: { ownerId: "1342004", repository: acme/shop, branch: main }');
const pods = matrixOf("gke: { namespace: risk, serviceAccount: scorer }");
const applied = appliedFederation(matrix);
const services = [live("billing", [invoker(sa("deploy"))], fields)];
const at = (parts: Partial<AppliedFederation>) => world({ services, ...applied, ...parts });
const rules = (parts: Partial<AppliedFederation>, text = matrix): readonly string[] =>
  told(text, at(parts)).map((line) => line.split(":")[0] ?? "");
const [impersonation] = planFederation(worldOf(readMatrixFor(matrix, emptySnapshot))).impersonations;
const main = impersonation === undefined ? "" : (outsideMember(impersonation) ?? "");
const own = bind(USER, main);
const bound = (...bindings: readonly ReturnType<typeof bind>[]): Partial<AppliedFederation> => ({
  accounts: [account(email("deploy-sa"), bindings)],
});

export const outside: Claims = {
  "A grant is that of a declared caller from outside if it is of `roles/iam.workloadIdentityUser`, on the account of that caller itself, to the member that the caller is.":
    () => {
      expect(rules({})).toEqual([]);
      const everybody = main.replace(/attribute\..*$/, "*");
      for (const more of [bind("roles/iam.serviceAccountTokenCreator", main), bind(USER, everybody)])
        expect(rules(bound(own, more))).toEqual(["warning indirect-caller"]);
    },
  "Any other grant of tokens on an account that somebody outside is declared to act as is a finding ([`indirect-caller`](rules/indirect-caller.md)), whether what the account calls is `sensitive` or not. So is any other grant by which a declared caller from outside can act as an account of the matrix.":
    () => {
      expect(rules(bound(own, bind("roles/iam.serviceAccountTokenCreator", "user:dana@acme.example")))).toEqual([
        "warning indirect-caller",
      ]);
      const accounts = [...(bound(own).accounts ?? []), account(email("billing-sa"), [own])];
      const calling = matrix.replace(
        "callers:",
        "  ledger: { owner: team-payments, ingress: internal-and-cloud-load-balancing }\ncallers:",
      );
      const snapshot = world({
        services: [...services, live("ledger", [invoker(sa("billing"))], fields)],
        pools: applied.pools,
        accounts,
      });
      expect(told(`${calling}  billing -> ledger: Books\n`, snapshot)).toEqual([
        expect.stringContaining(`warning indirect-caller: ${main} can come to call ledger`),
      ]);
    },
  "The two spellings of a Kubernetes service account, `serviceAccount:P.svc.id.goog[N/K]` and the `principal://` with the project's number, are one member.":
    () => {
      const spelled = `principal://iam.googleapis.com/projects/${NUMBER}/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/risk/sa/scorer`;
      for (const member of [spelled, "serviceAccount:acme-prod.svc.id.goog[risk/scorer]"])
        expect(rules({ pools: [], ...bound(bind(USER, member)) }, pods)).toEqual([]);
    },
  "A caller from outside with an edge that holds needs that grant without a condition, and its pool and provider there and on ([`outsider-missing`](rules/outsider-missing.md)).":
    () => {
      expect(rules(bound())).toEqual(["error outsider-missing"]);
      expect(rules(bound(bind(USER, main, "request.time > timestamp('2026-01-01T00:00:00Z')")))).toEqual([
        "error outsider-missing",
      ]);
      expect(rules({ pools: [] })).toEqual(["error outsider-missing"]);
      expect(rules(withProviders(applied, (provider) => [{ ...provider, active: false }]))).toEqual([
        "error outsider-missing",
      ]);
    },
  "What a provider takes is compared as text: issuer, condition, mapping, audiences and keys ([`provider-differs`](rules/provider-differs.md)). That two texts mean the same is not seen.":
    () => {
      const same = withProviders(applied, (provider) => [{ ...provider, condition: `(${provider.condition})` }]);
      expect(rules(same)).toEqual(["error provider-differs"]);
    },
  "Grants name pools and not providers, so that a provider that is on and that no environment of the matrix plans is a finding in a pool that a declared caller comes through ([`provider-beyond-matrix`](rules/provider-beyond-matrix.md)).":
    () => {
      const beside = (active: boolean) =>
        withProviders(applied, (provider) => [provider, { ...provider, name: `${provider.name}-2`, active }]);
      expect(rules(beside(true))).toEqual(["error provider-beyond-matrix"]);
      expect(rules(beside(false))).toEqual([]);
    },
  "The policies of accounts that somebody outside is declared to act as have to be read wherever the accounts live, and their providers with mapping, audiences and keys. Else the result is incomplete.":
    () => {
      const { policy: _policy, ...bare } = account(email("deploy-sa"));
      expect(driftOf(matrix, at({ accounts: [bare] })).complete).toBe(false);
      const old = withProviders(applied, ({ name, active, issuer, condition }) => [
        { name, active, issuer, condition },
      ]);
      expect(driftOf(matrix, at(old)).complete).toBe(false);
      expect(driftOf(matrix, at({})).complete).toBe(true);
    },
};
