import { expect } from "vitest";
import { outsideMember } from "../../../src/federation/outside-member.ts";
import { planFederation } from "../../../src/federation/plan-federation.ts";
import { account, bind, emptySnapshot, read, roleOf } from "../../access/tiny-world.ts";
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

const above = (binding: ReturnType<typeof bind>, text = matrix): readonly string[] =>
  told(text, world({ services, ...applied, bindings: [binding] })).map((line) => line.split(":")[0] ?? "");

/** What is found of two providers of one pool, for two issuers, that the matrix names. */
function shared(condition: string): readonly string[] {
  const caller = (key: string) =>
    `oidc: { issuer: "https://${key}.example", subject: ${key}, pool: shared, provider: for-${key} }`;
  const text = `${matrixOf(caller("one")).replace("callers:", `callers:\n  other: { owner: team-web, ${caller("two")} }`)}  other -> billing: Too\n`;
  const standing = withProviders(appliedFederation(text), (provider) => [
    { ...provider, condition, mapping: { "google.subject": "assertion.sub" } },
  ]);
  const found = told(text, world({ services, ...standing })).map((line) => line.split(":")[0] ?? "");
  return found.filter((line) => line.includes("provider-beyond-matrix"));
}

export const outside: Claims = {
  "A grant is that of a declared caller from outside if it is of `roles/iam.workloadIdentityUser`, on the account of that caller itself, to the member that the caller is.":
    () => {
      expect(rules({})).toEqual([]);
      const everybody = main.replace(/attribute\..*$/, "*");
      for (const more of [bind("roles/iam.serviceAccountTokenCreator", main), bind(USER, everybody)])
        expect(rules(bound(own, more))).toEqual(["warning indirect-caller"]);
    },
  "Any other grant by which somebody can act as an account that somebody outside is declared to act as is a finding ([`indirect-caller`](rules/indirect-caller.md)), whether what the account calls is `sensitive` or not: tokens, keys, its policy, and running something as it. It may stand on the account, its project or above, and its condition may begin to hold later.":
    () => {
      const dana = "user:dana@acme.example";
      for (const role of ["serviceAccountTokenCreator", "serviceAccountKeyAdmin", "serviceAccountAdmin"]) {
        expect(rules(bound(own, bind(`roles/iam.${role}`, dana)))).toEqual(["warning indirect-caller"]);
        expect(above(bind(`roles/iam.${role}`, dana))).toEqual(["warning indirect-caller"]);
      }
      const later = "request.time > timestamp('2027-01-01T00:00:00Z')";
      expect(above(bind(USER, "serviceAccount:p.svc.id.goog[n/k]", later))).toEqual(["warning indirect-caller"]);
    },
  "Left out of that is what `inherited` declares; what Google's own agents of the projects, folders and organizations that were read hold; and above the account the basic roles and the right to run something as it, unless somebody from outside holds them.":
    () => {
      const creator = "roles/iam.serviceAccountTokenCreator";
      const agentOf = (number: string): string =>
        `serviceAccount:service-${number}@gcp-sa-pubsub.iam.gserviceaccount.com`;
      expect(rules(bound(own, bind(creator, agentOf(NUMBER))))).toEqual([]);
      expect(rules(bound(own, bind(creator, agentOf("999"))))).toEqual(["warning indirect-caller"]);
      const isIndirect = (line: string): boolean => line.includes("indirect-caller");
      expect(above(bind("roles/owner", "user:dana@acme.example")).filter(isIndirect)).toEqual([]);
      expect(above(bind("roles/owner", main)).filter(isIndirect)).not.toEqual([]);
      const entry = `inherited:\n  minters: { at: [projects/acme-prod], role: ${creator}, principal: "user:dana@acme.example", reason: They operate it }\n`;
      expect(above(bind(creator, "user:dana@acme.example"), matrix + entry)).toEqual([]);
    },
  "A finding is as well any other grant by which a declared caller from outside can act as an account of the matrix, and one by which anybody from outside gets tokens or keys of the account of another caller or service: nobody outside is declared there.":
    () => {
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
      const pod = "serviceAccount:acme-prod.svc.id.goog[risk/scorer]";
      const others = snapshot.accounts.map((each) =>
        each.email === email("billing-sa") ? account(each.email, [bind(USER, pod)]) : each,
      );
      expect(told(`${calling}  billing -> ledger: Books\n`, { ...snapshot, accounts: others })).toEqual([
        expect.stringContaining(`warning indirect-caller: ${pod} can come to call ledger`),
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
  "What a provider takes is compared as text: issuer, condition, mapping, audiences and keys ([`provider-differs`](rules/provider-differs.md)). That two texts mean the same is not seen. The fingerprint holds all of them, so that an exception by it ends when one changes.":
    () => {
      const same = withProviders(applied, (provider) => [{ ...provider, condition: `(${provider.condition})` }]);
      expect(rules(same)).toEqual(["error provider-differs"]);
      const [one, two] = [same, withProviders(same, (provider) => [{ ...provider, audiences: ["all"] }])].map(
        (parts) => driftOf(matrix, at(parts)).findings[0]?.fingerprint,
      );
      expect(one).not.toBe(two);
    },
  "Grants name pools and not providers, so that a provider that is on and that no environment of the matrix plans is a finding in a pool that a declared caller comes through ([`provider-beyond-matrix`](rules/provider-beyond-matrix.md)). So is one that another environment plans and that is not as planned, and one that the matrix names and that maps what a caller of another issuer comes by. What its condition leaves out of that is not seen.":
    () => {
      const beside = (active: boolean) =>
        withProviders(applied, (provider) => [provider, { ...provider, name: `${provider.name}-2`, active }]);
      expect(rules(beside(true))).toEqual(["error provider-beyond-matrix"]);
      expect(rules(beside(false))).toEqual([]);
      // What other environments plan, and what issuers share, test/drift/attacks holds.
      expect(shared("true")).toEqual(["warning provider-beyond-matrix", "warning provider-beyond-matrix"]);
    },
  "The policies of accounts that somebody outside is declared to act as have to be read wherever the accounts live, and those of the projects where they live, and their providers with mapping, audiences and keys. Else the result is incomplete. So it is where the number of a project is another one than the matrix says.":
    () => {
      const { policy: _policy, ...bare } = account(email("deploy-sa"));
      expect(driftOf(matrix, at({ accounts: [bare] })).complete).toBe(false);
      const old = withProviders(applied, ({ name, active, issuer, condition }) => [
        { name, active, issuer, condition },
      ]);
      expect(driftOf(matrix, at(old)).complete).toBe(false);
      expect(driftOf(matrix, at({})).complete).toBe(true);
      const other = matrix.replace(NUMBER, "222222222222");
      expect(driftOf(other, at(appliedFederation(other))).complete).toBe(false);
      const risk = "risk@acme-data.iam.gserviceaccount.com";
      const elsewhere = matrix.replace("team-web,", `team-web, account: { email: ${risk} },`);
      const accounts = [account(risk, [own])].map((each) => ({ ...each, keys: read([]) }));
      expect(driftOf(elsewhere, at({ accounts })).unread).toMatchObject([
        { resource: "projects/acme-data" },
        { resource: "projects/acme-data" },
      ]);
    },
  "Who may change pools and providers is not judged; what they make of them is.": () => {
    const roles = [roleOf("roles/pools", ["iam.workloadIdentityPoolProviders.update"])];
    const snapshot = world({ services, ...applied, bindings: [bind("roles/pools", "user:dana@acme.example")], roles });
    expect(driftOf(matrix, snapshot)).toMatchObject({ complete: true, findings: [] });
    expect(rules(withProviders(applied, (provider) => [{ ...provider, condition: "true" }]))).toHaveLength(1);
  },
};
