import { describe, expect, test } from "vitest";
import type { ChangeKind } from "../../../src/diff/change-kind.ts";
import type { CallerKind } from "../../../src/matrix/model/world.ts";
import type {
  Caller,
  Defaults,
  Edge,
  Service,
  ServiceOverride,
} from "../../../src/matrix/schema/generated/document.ts";
import { document, everyField, type Fields, type Told } from "./every-field.ts";
import { factsBetween, read } from "./tell.ts";

const common = {
  owner: ["team-b", "owner-changed"],
  description: ["Sells", "description-changed"],
  labels: [{ data: "pci" }, "labels-changed"],
} satisfies Readonly<Record<string, Told>>;

const service = {
  kind: ["function", "service-kind-changed"],
  ingress: ["internal", "ingress-changed"],
  public: [undefined, "public-removed"],
  iap: ["service", "iap-changed"],
  invokerRole: ["roles/run.servicesInvoker", "invoker-role-changed"],
  project: ["pci", "project-changed", "account-changed"],
  regions: [["us-central1"], "regions-changed"],
  name: ["shop-api", "run-name-changed"],
  account: [{ id: "shopper" }, "account-changed"],
  previousAccounts: [
    [{ email: "old@acme-core.iam.gserviceaccount.com", until: "2027-01-31" }],
    "previous-account-added",
  ],
  mode: ["observe", "mode-changed"],
  image: ["europe-docker.pkg.dev/acme/run/shop:1", "image-changed"],
} satisfies Readonly<Record<string, Told>>;

everyField<Service>("a service", ["services", "shop"], {
  ...common,
  ...service,
  environments: [["staging"], "service-removed", "public-removed", "edge-removed"],
  formerNames: [["store"], "former-names-changed", "run-name-changed", "account-changed"],
  planned: [["prod"], "stage-changed"],
  retired: ["2027-01-31", "stage-changed"],
  overrides: [{ prod: { mode: "add" } }, "mode-changed"],
});

everyField<ServiceOverride>("an override of a service", ["services", "shop", "overrides", "prod"], {
  description: common.description,
  labels: common.labels,
  ...service,
  public: [null, "public-removed"],
});

everyField<NonNullable<Service["public"]>>("public", ["services", "shop", "public"], {
  reason: ["Wide open", "public-changed"],
  via: ["no-invoker-check", "public-changed"],
});

everyField<NonNullable<Service["account"]>>("an account", ["services", "shop", "account"], {
  id: ["other", "account-changed"],
  manage: ["reference", "account-changed"],
  email: ["x@acme-hr.iam.gserviceaccount.com", "account-changed"],
});

everyField<Defaults>("defaults", ["defaults"], {
  owner: ["team-a", "owner-changed"],
  labels: [{ data: "pci" }, "labels-changed"],
  ingress: ["all", "ingress-changed"],
  mode: ["add", "mode-changed"],
  invokerRole: ["roles/run.jobsExecutor", "invoker-role-changed"],
  project: ["pci", "project-changed", "account-changed"],
  regions: [["us-central1"], "regions-changed"],
  account: [{ id: "{service}-runs" }, "account-changed"],
});

const otherKinds = {
  serviceAccount: "x@acme-hr.iam.gserviceaccount.com",
  aws: { account: "123456789012", role: "r" },
  github: { ownerId: "1", repository: "acme/x" },
  gitlab: { namespaceId: "1", project: "acme/x" },
  oidc: { issuer: "https://issuer.example", subject: "s" },
  spiffe: { trustDomain: "acme.example", path: "/x", issuer: "https://issuer.example" },
  scheduler: { job: "j" },
  tasks: { queue: "q" },
  pubsub: { subscription: "s" },
  eventarc: { trigger: "t" },
  workflows: { workflow: "w" },
  build: { trigger: "t" },
  "api-gateway": { api: "a" },
  compute: { instance: "i" },
  functions: { function: "f" },
  appengine: { service: "s" },
} satisfies Readonly<Record<Exclude<CallerKind, "user" | "group" | "gke">, Fields | string>>;

describe("another identity", () => {
  const kindsFrom = (before: Fields, after: Fields): readonly ChangeKind[] => {
    const [old, now] = [before, after].map((pod) =>
      read(JSON.stringify({ ...document, callers: { ...document.callers, pod } })),
    );
    if (old === undefined || now === undefined) throw new Error("two");
    return factsBetween(old, now).map(({ kind }) => kind);
  };
  test.each(Object.entries<Fields | string>(otherKinds))("%s", (kind, details) => {
    expect(new Set(kindsFrom({ user: "ana@acme.com" }, { [kind]: details }))).toEqual(
      new Set(kind === "serviceAccount" ? ["identity-changed"] : ["identity-changed", "account-changed"]),
    );
    if (typeof details === "string") return;
    for (const [field, value] of Object.entries(details)) {
      const other = { ...details, [field]: `${String(value).slice(0, -1)}3` };
      expect(kindsFrom({ [kind]: details }, { [kind]: other })).toEqual(["identity-changed"]);
    }
  });
});

everyField<Omit<Caller, keyof typeof otherKinds>>("a caller", ["callers", "pod"], {
  ...common,
  environments: [["prod"], "caller-removed"],
  account: [{ id: "other-one" }, "account-changed"],
  overrides: [{ prod: { description: "Looks" } }, "description-changed"],
  gke: [{ namespace: "m", serviceAccount: "s" }, "identity-changed"],
  user: "nothing",
  group: "nothing",
});

everyField<Edge>("an edge", ["trust", "ana -> books"], {
  reason: ["Looks twice", "reason-changed"],
  ticket: ["SEC-1", "ticket-changed"],
  reviewed: ["2026-11-02", "review-changed"],
  expires: ["2027-01-31", "expiry-changed"],
  environments: [["prod"], "edge-removed"],
  through: ["iap", "through-changed"],
});
