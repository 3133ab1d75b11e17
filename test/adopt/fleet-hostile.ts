import { defaultComputeAccount } from "../../src/access/default-accounts.ts";
import { numberOf } from "../cloud/world.ts";
import { accountRecord, dana, grant, inCore, type MakeExtra } from "./fleet-extra.ts";
import { rowExtras } from "./fleet-hostile-rows.ts";
import { emailOf, invoker, placed, sa } from "./fleet-plan.ts";
import { partner } from "./fleet-services.ts";

/** A label value that is as long as they may be. */
const longest = "x".repeat(63);
/** Names of services end here; a job may go on. docs: run v1 `Service`, `Job` */
const fortyNine = `inventory-${"reconciliation-".repeat(2)}of-stocks`;

/** What may be in a fleet that no example would have, by name. */
export const extras = {
  ...rowExtras,
  "withcond-roles": inCore({
    "half-read": {
      bindings: [
        invoker("user:eli@acme.test"),
        grant("roles/run.invoker_withcond_0a1b2c3d4e5f6a7b8c9d", "group:contractors@acme.test"),
      ],
    },
  }),
  "foreign-runtime": inCore({
    borrowed: { account: "runner@acme-shared.iam.gserviceaccount.com", bindings: [invoker(dana)] },
    "borrowed-too": { account: "runner@acme-shared.iam.gserviceaccount.com" },
    "calls-borrowed": { bindings: [invoker(sa("runner@acme-shared.iam.gserviceaccount.com"))] },
  }),
  "two-on-one-account": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "tenant-one"),
      placed(core, region, "tenant-two", { account: emailOf("tenant-one", core) }),
      placed(core, region, "landlord", { bindings: [invoker(sa(emailOf("tenant-one", core)))] }),
    ],
  }),
  "same-name-in-two-projects": ({ places, regions: [region] }) => ({
    services: [
      ...places.map((place, index) =>
        placed(place, region, "double", { bindings: index === 0 ? [] : [invoker(sa(emailOf("double", places[0])))] }),
      ),
      placed(places[0], region, "double", { kind: "job", bindings: [invoker(dana)] }),
    ],
  }),
  "reserved-names": inCore(
    Object.fromEntries(
      ["internet", "any", "all", "not", "null", "true", "yes", "on", "constructor", "prototype"].map((name) => [
        name,
        { bindings: [invoker(dana)] },
      ]),
    ),
  ),
  "long-names": ({ places: [core], regions: [region] }) => {
    // Names of accounts have thirty characters at most.
    const account = emailOf("inventory", core);
    return {
      services: [
        placed(core, region, fortyNine, { account, bindings: [invoker(dana)] }),
        placed(core, region, `${fortyNine}-day`, { kind: "job", account, bindings: [invoker(dana)] }),
        placed(core, region, `${fortyNine}-night`, { kind: "job", account, bindings: [invoker("user:eli@acme.test")] }),
      ],
    };
  },
  "named-like-callers": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "data-feed", { bindings: [invoker(sa(partner))] }),
      placed(core, region, "oncall", { bindings: [invoker("group:oncall@acme.test", "user:oncall@acme.test")] }),
      placed(core, region, "dana", { bindings: [invoker(dana, "user:dana@other.test", "group:dana@acme.test")] }),
      placed(core, region, "gateway", { account: defaultComputeAccount(core.number) }),
    ],
  }),
  "five-regions": ({ places: [core] }) => ({
    services: ["asia-northeast1", "europe-north1", "europe-west1", "southamerica-east1", "us-central1"].map(
      (region, index) =>
        placed(core, region, "everywhere", {
          bindings:
            [[invoker(dana)], [invoker(dana)], [invoker(dana, "user:eli@acme.test")], [], [invoker("allUsers")]][
              index
            ] ?? [],
          ingress: index === 4 ? "all" : "internal",
        }),
    ),
  }),
  "disabled-and-missing-accounts": ({ places: [core], regions: [region] }) => ({
    services: [
      placed(core, region, "asleep"),
      placed(core, region, "headless"),
      placed(core, region, "visited", {
        bindings: [invoker(sa(emailOf("asleep", core)), sa(emailOf("headless", core)), sa(emailOf("left-us", core)))],
      }),
    ],
    accounts: [
      accountRecord("asleep", core, {
        details: { status: "read", value: { uniqueId: numberOf("asleep"), disabled: true } },
      }),
      { email: emailOf("headless", core), details: { status: "read", value: null } },
      { email: emailOf("left-us", core), details: { status: "read", value: null } },
    ],
  }),
  "odd-settings": inCore({
    unreachable: { ingress: "none", bindings: [invoker(dana)] },
    "from-tomorrow": { ingress: "unknown", bindings: [invoker(dana)] },
    "open-with-a-row": { invokerCheckDisabled: true, bindings: [invoker("allUsers", dana)] },
    "closed-url": { defaultUrlDisabled: true, audiences: ["https://a.acme.test"] },
  }),
  "odd-labels": inCore({
    "label-empty": { labels: { team: "" } },
    "label-abroad": { labels: { team: "équipe-ø" } },
    "label-long": { labels: { team: longest } },
    "label-number": { labels: { team: "123" } },
    "label-yaml": { labels: { team: "null", on: "yes" } },
    "label-hyphens": { labels: { team: "-_-" } },
  }),
} as const satisfies Readonly<Record<string, MakeExtra>>;

export type HostileExtra = keyof typeof extras;
