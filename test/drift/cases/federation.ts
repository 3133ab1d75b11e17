import { account, bind, roleOf } from "../../access/tiny-world.ts";
import { appliedFederation, withProviders } from "../applied-federation.ts";
import { email, invoker, live, sa, world } from "../live-world.ts";
import { type DriftCase, matrix } from "./drift-case.ts";

const fromGithub = matrix(`
services:
  billing: { owner: team-payments, ingress: internal-and-cloud-load-balancing }
callers:
  deploy: { owner: team-web, github: { ownerId: "1342004", repository: acme/shop, branch: main } }
trust:
  deploy -> billing: Warms it up after a deployment
`);
const services = [live("billing", [invoker(sa("deploy"))], { ingress: "internal-and-cloud-load-balancing" })];
const applied = appliedFederation(fromGithub);
const good = world({ services, ...applied });

const onUploads = matrix(`
services:
  thumbnails: { owner: team-web }
callers:
  uploads: { owner: team-web, eventarc: { trigger: uploads } }
trust:
  uploads -> thumbnails: Makes a thumbnail of each upload
`);
const uploads = sa("uploads");
const triggered = { services: [live("thumbnails", [invoker(uploads)])], accounts: [account(email("uploads-sa"))] };

/** Callers from outside, their pools and providers, and what else callers need. */
export const federationCases: readonly DriftCase[] = [
  {
    rule: "outsider-missing",
    matrix: fromGithub,
    bad: world({ services, pools: applied.pools, accounts: [account(email("deploy-sa"))] }),
    good,
  },
  {
    rule: "provider-differs",
    matrix: fromGithub,
    bad: world({
      services,
      ...withProviders(applied, (provider) => [{ ...provider, condition: "assertion.repository_owner == 'acme'" }]),
    }),
    good,
  },
  {
    rule: "provider-beyond-matrix",
    matrix: fromGithub,
    bad: world({
      services,
      ...withProviders(applied, (provider) => [
        provider,
        {
          ...provider,
          name: provider.name.replace(/[^/]+$/, "vendor"),
          issuer: "https://issuer.vendor.example",
          condition: null,
        },
      ]),
    }),
    good,
  },
  {
    rule: "need-missing",
    matrix: onUploads,
    bad: world(triggered),
    good: world({
      ...triggered,
      bindings: [bind("roles/eventarc.eventReceiver", uploads)],
      roles: [roleOf("roles/eventarc.eventReceiver", [])],
    }),
  },
];
