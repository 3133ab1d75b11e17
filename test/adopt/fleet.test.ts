import { Ajv } from "ajv";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { OddGrant, Row } from "../../src/access/access.ts";
import { evaluateAccess } from "../../src/access/evaluate-access.ts";
import { parseSnapshot } from "../../src/snapshot/parse-snapshot.ts";
import type { AccountRecord, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { valueOf } from "../../src/snapshot/value-of.ts";
import type { Instant } from "../../src/time/instant.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { readWorld } from "../cloud/read-world.ts";
import { startCloud } from "../cloud/server.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { fleet, hostileExtras } from "./fleet.ts";
import type { HostileExtra } from "./fleet-hostile.ts";

// A world that tests nothing proves nothing: what the fleets are to have in them is there, and stays there.

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/snapshot.schema.json", import.meta.url), "utf8"),
) as object;
const isValid = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema);

const recordsOf = ({ projects }: Snapshot): readonly ServiceRecord[] =>
  projects.flatMap(({ services, jobs }) => [...(valueOf(services) ?? []), ...(valueOf(jobs) ?? [])]);
const named = (snapshot: Snapshot, name: string): readonly ServiceRecord[] =>
  recordsOf(snapshot).filter((record) => record.name === name);
const bindingsOf = (record: ServiceRecord | undefined) =>
  (record === undefined ? undefined : valueOf(record.policy))?.bindings ?? [];
const membersOf = (record: ServiceRecord | undefined): readonly string[] =>
  bindingsOf(record).flatMap(({ members }) => members);
const account = ({ accounts }: Snapshot, id: string): AccountRecord | undefined =>
  accounts.find(({ email }) => email.startsWith(`${id}@`));

interface Judged {
  readonly rows: readonly Row[];
  readonly odd: readonly OddGrant[];
}

function judge(snapshot: Snapshot): Judged {
  const asOf = Date.parse(snapshot.finishedAt) as Instant;
  const { rows, oddGrants } = evaluateAccess(snapshot, { asOf, indirect: "none" });
  return { rows, odd: oddGrants };
}

describe.each([
  [1, 10],
  [2, 30],
  [3, 300],
])("the fleet of seed %i with %i services", (seed, services) => {
  const prod = fleet({ seed, services });
  const staging = fleet({ seed, services, environment: "staging" });

  test("is a whole snapshot in either environment, the same each time", () => {
    for (const snapshot of [prod, staging]) {
      isValid(snapshot);
      expect(isValid.errors).toBeNull();
      expect(parseSnapshot(Buffer.from(canonicalJson(snapshot)), "it")).toEqual(snapshot);
      expect(new Set(recordsOf(snapshot).map(({ name }) => name)).size).toBe(services);
    }
    expect(fleet({ seed, services })).toEqual(prod);
    expect(fleet({ seed: seed + 100, services })).not.toEqual(prod);
  });

  test("has of everything that a company has", () => {
    const records = recordsOf(prod);
    const { rows, odd } = judge(prod);
    expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(["service", "job", "function"]));
    expect(records.some((record) => membersOf(record).includes("allUsers"))).toBe(true);
    expect(records.some(({ invokerCheckDisabled }) => invokerCheckDisabled)).toBe(true);
    expect(records.some((record) => record.iapEnabled && membersOf(record).some((one) => /gcp-sa-iap/.test(one)))).toBe(
      true,
    );
    expect(records.some(({ labels }) => labels?.team !== undefined)).toBe(true);
    expect(records.some((record) => membersOf(record).length === 0)).toBe(true);
    const members = records.flatMap(membersOf);
    for (const form of [/^group:/, /^user:/, /^serviceAccount:data-feed@partner/, /^serviceAccount:.*@acme/])
      expect(
        members.some((member) => form.test(member)),
        String(form),
      ).toBe(true);
    const shared = records.filter((record) => /^(backend|apps-runtime)@|-compute@/.test(record.account ?? ""));
    expect(shared.length).toBeGreaterThan(services / 3);
    expect(records.some(({ account: email, name }) => email?.startsWith(`${name}@`))).toBe(true);
    expect(rows.some(({ verdict, ring }) => verdict === "allowed" && ring === "direct")).toBe(true);
    const levels = rows.flatMap(({ paths }) => paths.map(({ hops }) => hops[0]?.resource ?? ""));
    expect(levels.some((level) => level.startsWith("folders/"))).toBe(true);
    expect(levels.some((level) => /^projects\/[^/]+$/.test(level))).toBe(true);
    const oddities = new Set(odd.map(({ oddity }) => oddity));
    expect(oddities.has("deleted") && oddities.has("federated")).toBe(true);
    expect(records.flatMap(bindingsOf).some(({ condition }) => condition !== undefined)).toBe(true);
    const days = prod.accounts.map(({ lastAuthenticated }) => lastAuthenticated && valueOf(lastAuthenticated));
    expect(days).toContain(null);
    expect(days.some((day) => typeof day === "string")).toBe(true);
  });

  test("is much the same in staging, and not quite", () => {
    const names = (snapshot: Snapshot): ReadonlySet<string> => new Set(recordsOf(snapshot).map(({ name }) => name));
    const both = [...names(prod)].filter((name) => names(staging).has(name));
    expect(both.length).toBeGreaterThan(services * 0.85);
    const local = (snapshot: Snapshot): string =>
      JSON.stringify(recordsOf(snapshot))
        .replaceAll(/-(prod|staging)\b/g, "")
        .replaceAll(/10[12]00000000/g, "");
    expect(local(staging)).not.toBe(local(prod));
  });
});

test("projects and regions are as many as are asked for", () => {
  for (const count of [1, 2, 3] as const) {
    const snapshot = fleet({ seed: 5, services: 60, projects: count, regions: count });
    expect(snapshot.projects).toHaveLength(count);
    expect(new Set(recordsOf(snapshot).map(({ region }) => region)).size).toBe(count);
  }
});

/** That an extra is there, by what is special in it. */
const signs: Readonly<Record<HostileExtra, (snapshot: Snapshot) => boolean>> = {
  "withcond-roles": ({ roles }) => roles.some(({ name }) => name.includes("_withcond_")),
  "foreign-runtime": (all) => named(all, "borrowed")[0]?.account === "runner@acme-shared.iam.gserviceaccount.com",
  "two-on-one-account": (all) =>
    named(all, "tenant-two").some((two) => two.account === named(all, "tenant-one")[0]?.account),
  "same-name-in-two-projects": ({ projects }) =>
    projects.filter(({ services }) => valueOf(services)?.some(({ name }) => name === "double")).length > 1,
  "reserved-names": (all) => ["internet", "any", "all", "not"].every((name) => named(all, name).length === 1),
  "long-names": (all) =>
    recordsOf(all).some(({ name }) => name.length === 49) && recordsOf(all).some(({ name }) => name.length > 49),
  "named-like-callers": (all) => membersOf(named(all, "oncall")[0]).includes("group:oncall@acme.test"),
  "five-regions": (all) =>
    named(all, "everywhere").length === 5 &&
    new Set(named(all, "everywhere").map((one) => JSON.stringify(one.policy))).size === 4,
  "unread-policies": (all) => named(all, "closed-row")[0]?.policy.status === "denied",
  "disabled-and-missing-accounts": (all) => {
    const asleep = account(all, "asleep")?.details;
    const headless = account(all, "headless")?.details;
    return (
      asleep !== undefined && valueOf(asleep)?.disabled === true && headless !== undefined && valueOf(headless) === null
    );
  },
  "calls-itself": (all) =>
    membersOf(named(all, "mirror")[0]).includes(`serviceAccount:${named(all, "mirror")[0]?.account}`),
  "in-row-and-at-iap": (all) => {
    const [door] = named(all, "both-doors");
    const passing =
      door?.iap == null ? [] : (valueOf(door.iap.policy)?.bindings ?? []).flatMap(({ members }) => members);
    return passing.some((member) => membersOf(door).includes(member));
  },
  "upper-case-emails": (all) =>
    recordsOf(all)
      .flatMap(membersOf)
      .some((member) => /^(?:user|group|serviceAccount):.*[A-Z]/.test(member)),
  "sets-of-principals": (all) =>
    ["projectEditor:", "domain:", "allAuthenticatedUsers", "principalSet://cloudresourcemanager"].every((prefix) =>
      recordsOf(all)
        .flatMap(membersOf)
        .some((member) => member.startsWith(prefix)),
    ),
  "several-roles": (all) => bindingsOf(named(all, "many-doors")[0]).length > 4,
  "twice-in-a-row": (all) => bindingsOf(named(all, "split-row")[0]).length === 2,
  "odd-grants": (all) => {
    const found = new Set(judge(all).odd.map(({ oddity }) => oddity));
    return (["dormant", "agent-role", "resource-condition"] as const).every((oddity) => found.has(oddity));
  },
  "odd-inheritance": ({ containers }) =>
    ["projects/", "folders/", "organizations/"].every((level) =>
      containers.some(
        ({ resource, policy }) =>
          resource.startsWith(level) &&
          (valueOf(policy)?.bindings ?? []).some(({ members }) =>
            members.some((member) => /^(?:allAuthenticatedUsers|user:root|serviceAccount:auditor@)/.test(member)),
          ),
      ),
    ),
  "deny-policies": (all) => judge(all).rows.some(({ verdict }) => verdict === "denied"),
  "agents-in-rows": (all) => membersOf(named(all, "pushed")[0]).some((member) => member.includes("gcp-sa-pubsub")),
  "odd-settings": (all) => recordsOf(all).some(({ ingress }) => ingress === "unknown"),
  "odd-labels": (all) => named(all, "label-empty")[0]?.labels?.team === "",
};

describe("an extra", () => {
  const plain = fleet({ seed: 9, services: 12 });

  test.each(hostileExtras)("%s is there where it is asked for, and only there", (extra) => {
    const snapshot = fleet({ seed: 9, services: 12, hostile: [extra] });
    expect(signs[extra](plain)).toBe(false);
    expect(signs[extra](snapshot)).toBe(true);
    isValid(snapshot);
    expect(isValid.errors).toBeNull();
    expect(judge(snapshot).rows.length).toBeGreaterThan(judge(plain).rows.length);
  });

  test("goes with all others, and a cloud that is made of them is read as they are", async () => {
    const snapshot = fleet({ seed: 4, services: 10, hostile: hostileExtras });
    expect(parseSnapshot(Buffer.from(canonicalJson(snapshot)), "it")).toEqual(snapshot);
    const cloud = await startCloud(worldFromSnapshot(snapshot));
    try {
      const read = await readWorld(cloud, { ...snapshot.asked, accounts: snapshot.accounts.map(({ email }) => email) });
      expect(withoutAccidents(read)).toEqual(withoutAccidents(snapshot));
    } finally {
      await cloud.close();
    }
  });
});

/** What the snapshot says of the cloud, without what the server words or makes up by itself. */
function withoutAccidents({ containers, projects, accounts, roles, groups }: Snapshot): unknown {
  return JSON.parse(JSON.stringify({ containers, projects, accounts, roles, groups }), (name, value: unknown) =>
    name === "etag" || name === "reason" ? undefined : value,
  );
}
