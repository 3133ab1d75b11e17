import { bind, denied, read } from "../../access/tiny-world.ts";
import { container, invoker, live, sa, world } from "../live-world.ts";
import { type DriftCase, matrix, oneEdge } from "./drift-case.ts";

const row = invoker(sa("checkout"));
const services = [live("checkout"), live("billing", [row])];
const good = world({ services });

const folder = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
`).replace("regions: [europe-west1] }", "regions: [europe-west1], scope: [folders/987] }");
const inFolder = { details: read({ number: "111111111111", parent: "folders/987" }) };
const lab = container("projects/acme-lab", "222222222222", {
  details: read({ number: "222222222222", parent: "folders/987" }),
});
const folderWorld = (others: Parameters<typeof world>[0]["others"]) =>
  world({
    services,
    scope: ["folders/987"],
    scopes: [{ resource: "folders/987", projects: read(["acme-prod", ...Object.keys(others ?? {})]) }],
    above: [container("folders/987", "987"), ...(others === undefined ? [] : [lab])],
    project: inFolder,
    ...(others === undefined ? {} : { others }),
  });

const inherited = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
inherited:
  deployers:
    principal: "serviceAccount:ci@acme-cicd.iam.gserviceaccount.com"
    role: roles/run.developer
    at: [projects/acme-prod]
    reason: Deploys
`);

/** What the matrix covers, and what could be read of it. */
export const scopeCases: readonly DriftCase[] = [
  {
    rule: "service-not-in-matrix",
    matrix: oneEdge,
    bad: world({ services: [...services, live("debug-echo", [invoker("user:dana@acme.example")])] }),
    good,
  },
  {
    rule: "project-not-in-matrix",
    matrix: folder,
    bad: folderWorld({ "acme-lab": [live("prototype")] }),
    good: folderWorld(undefined),
  },
  {
    rule: "inherited-without-grant",
    matrix: inherited,
    bad: good,
    good: world({
      services,
      bindings: [bind("roles/run.developer", "serviceAccount:ci@acme-cicd.iam.gserviceaccount.com")],
    }),
  },
  {
    rule: "not-readable",
    matrix: oneEdge,
    bad: world({
      services,
      project: { policy: { ...denied, reason: "Permission 'resourcemanager.projects.getIamPolicy' denied" } },
    }),
    good,
  },
];
