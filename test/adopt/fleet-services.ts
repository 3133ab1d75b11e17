import { defaultComputeAccount } from "../../src/access/default-accounts.ts";
import type { Binding } from "../../src/snapshot/snapshot.ts";
import {
  emailOf,
  iapAgentOf,
  invoker,
  passIap,
  type Place,
  type Placed,
  placed,
  type PlacedFields,
  type Plan,
  repositoryOf,
  sa,
  thisYear,
} from "./fleet-plan.ts";

// What a company has on its first day: many services on few accounts, and rows that grew.

const topics: readonly string[] = [
  "orders billing cart catalog search users auth ledger pricing stock shipping returns reviews mail push sms images",
  "video reports audit fraud tax coupons loyalty invoices payouts geo weather routes fleet drivers menus tables tickets",
  "chat bots ads bids events metrics",
].flatMap((line) => line.split(" "));
const sorts = ["api", "worker", "web", "sync", "export", "admin", "hooks", "cron"] as const;
const teams = ["checkout", "catalog", "payments", "platform", "growth"] as const;

/** Who calls from outside: an account of another company's project, which nobody here may look up. */
export const partner = "data-feed@partner-systems.iam.gserviceaccount.com";

type Trait =
  | "public"
  | "open"
  | "iap"
  | "conditional"
  | "dead"
  | "function"
  | "people"
  | "job"
  | "silent"
  | "own"
  | "plain";

/** The first ten are of every kind, so that the smallest fleet has all of them. */
const firstTraits: readonly Trait[] = [
  ...(["public", "open", "iap", "conditional", "dead"] as const),
  ...(["function", "people", "job", "silent", "own"] as const),
];

function traitOf({ lots }: Plan, index: number): Trait {
  const first = firstTraits[index];
  if (first !== undefined) return first;
  return lots.chance(`plain/${index}`, 60) ? "plain" : lots.pick(`trait/${index}`, ["plain", ...firstTraits]);
}

interface Member {
  readonly index: number;
  readonly name: string;
  readonly trait: Trait;
  readonly place: Place;
  readonly account: string;
}

/** All services, jobs and functions of the fleet, one for each region that they run in. */
export function usualServices(plan: Plan, count: number): readonly Placed[] {
  const members = Array.from({ length: count }, (_, index) => memberOf(plan, index));
  return members.flatMap((member) => {
    const fields = fieldsOf(plan, member, members);
    return regionsOf(plan, member).map((region) => placed(member.place, region, member.name, fields));
  });
}

function memberOf(plan: Plan, index: number): Member {
  const { lots, places, environment } = plan;
  const base = `${topics[index % topics.length]}-${sorts[Math.floor(index / topics.length) % sorts.length]}`;
  // Now and then what runs in production has a successor in staging, under another name.
  const isNext = environment === "staging" && index >= firstTraits.length && lots.chance(`next/${index}`, 4);
  const place = lots.pick(`home/${index}`, places);
  const trait = traitOf(plan, index);
  const name = isNext ? `${base}-next` : base;
  return { index, name, trait, place, account: accountOf(plan, { index, name, trait, place }) };
}

function accountOf({ lots, places, environment }: Plan, member: Omit<Member, "account">): string {
  const { index, name, trait, place } = member;
  const isOwn = trait === "own" || lots.chance(`own/${index}`, 30);
  const isForgotten = environment === "staging" && trait !== "own" && lots.chance(`forgotten/${index}`, 8);
  if (isOwn && !isForgotten) return emailOf(name, place);
  const shared = [
    emailOf("backend", places[0]),
    emailOf("apps-runtime", place),
    defaultComputeAccount(place.number),
  ] as const;
  return isForgotten ? shared[2] : lots.pick(`shared/${index}`, shared);
}

function regionsOf({ lots, regions }: Plan, { index, trait }: Member): readonly string[] {
  if (trait === "job" || trait === "function") return regions.slice(0, 1);
  return trait === "public" || lots.chance(`everywhere/${index}`, 20)
    ? regions
    : [lots.pick(`region/${index}`, regions)];
}

function fieldsOf(plan: Plan, member: Member, members: readonly Member[]): PlacedFields {
  const { lots } = plan;
  const { index, trait, place, account } = member;
  const callers = trait === "silent" ? [] : callersOf(plan, member, members);
  const usual: PlacedFields = {
    account,
    ingress: trait === "job" || lots.chance(`ingress/${index}`, 30) ? "all" : "internal",
    bindings: callers.length === 0 ? [] : [{ role: roleOf(plan, member), members: callers }],
    // A few have no label, as everywhere.
    ...(lots.chance(`team/${index}`, 92)
      ? { labels: { app: member.name, team: lots.pick(`team/${index}/of`, teams) } }
      : {}),
  };
  const rows = (...more: readonly Binding[]): readonly Binding[] => [
    ...(callers.length === 0 ? [] : [invoker(...callers)]),
    ...more,
  ];
  switch (trait) {
    case "public":
      return { ...usual, ingress: "all", bindings: [invoker("allUsers", ...callers)] };
    case "open":
      return { ...usual, ingress: "all", invokerCheckDisabled: true };
    case "iap":
      return {
        ...usual,
        ingress: "all",
        bindings: [invoker(iapAgentOf(place), ...callers)],
        iapBindings: [{ role: passIap, members: ["group:staff@acme.test", "user:dana@acme.test"] }],
      };
    case "conditional":
      return {
        ...usual,
        bindings: rows({ ...invoker("group:contractors@acme.test"), condition: thisYear }),
      };
    case "dead":
      return {
        ...usual,
        bindings: [
          invoker(
            ...callers,
            `deleted:${sa(emailOf("old-import", place))}?uid=123456789012345678901`,
            repositoryOf(place),
          ),
        ],
      };
    case "function":
      return { ...usual, kind: "function" };
    case "people":
      return { ...usual, bindings: [invoker(...callers, "group:oncall@acme.test", "user:eli@acme.test", sa(partner))] };
    case "job":
      return { ...usual, kind: "job" };
    default:
      return usual;
  }
}

/** Services that call it, by the accounts that they run as; a scheduler starts jobs. */
function callersOf({ lots, environment, places }: Plan, member: Member, members: readonly Member[]): readonly string[] {
  const { index, trait } = member;
  const wanted = trait === "job" ? 0 : lots.below(`callers/${index}`, 5) + (index < 10 ? 1 : 0);
  const found = Array.from(
    { length: wanted },
    (_, nth) => members[lots.below(`caller/${index}/${nth}`, members.length)],
  );
  const accounts = found.flatMap((caller) =>
    caller === undefined || caller.index === index ? [] : [sa(caller.account)],
  );
  const extra = [
    ...(trait === "job" ? [sa(emailOf("scheduler", places[0]))] : []),
    ...(lots.chance(`partner/${index}`, 4) ? [sa(partner)] : []),
    ...(lots.chance(`gateway/${index}`, 12) ? [sa(emailOf("gateway", places[0]))] : []),
    ...(environment === "staging" && (trait === "people" || lots.chance(`tester/${index}`, 10))
      ? ["user:dana@acme.test"]
      : []),
  ];
  return [...new Set([...accounts, ...extra])];
}

function roleOf({ lots }: Plan, { index, trait }: Member): string {
  if (trait === "job") return lots.chance(`role/${index}`, 30) ? "roles/run.jobsExecutor" : "roles/run.invoker";
  return lots.chance(`role/${index}`, 15) ? "roles/run.servicesInvoker" : "roles/run.invoker";
}
