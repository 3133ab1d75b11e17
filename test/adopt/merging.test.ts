import { describe, expect, test } from "vitest";
import { declaredMemberships } from "../../src/drift/drift-context.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { adopt, errorsIn, type Files, leftOver, ROOT, validate } from "./adopt-of.ts";
import { difference } from "./difference.ts";
import { edited, type MutableRecord } from "./edited.ts";
import { fleet } from "./fleet.ts";

// Two environments in one file, and a newer snapshot over an older one: what did not change stays as it stands.

const company = { seed: 7, services: 12, projects: 2, regions: 2 } as const;
const prod = fleet(company);
const staging = fleet({ ...company, environment: "staging" });

describe("two environments", () => {
  const first = adopt(staging, { environment: "staging" });
  const both = adopt(prod, { into: first.files });

  test("stand in one file that a person can read: golden/two-environments.yaml", async () => {
    expect([...errorsIn(both.files, prod), ...leftOver(both)]).toEqual([]);
    await expect(both.files[ROOT]).toMatchFileSnapshot("golden/two-environments.yaml");
  });

  test("mean the same, whichever is adopted first", () => {
    const turned = adopt(staging, { environment: "staging", into: adopt(prod).files });
    expect(meaningOf(turned.files)).toEqual(meaningOf(both.files));
  });

  test.each([31, 32])("mean the same for the company of seed %i", (seed) => {
    const [tried, live] = (["staging", "prod"] as const).map((environment) =>
      fleet({ seed, services: 20, environment }),
    );
    if (tried === undefined || live === undefined) throw new Error("there are two");
    const one = adopt(live, { into: adopt(tried, { environment: "staging" }).files });
    const other = adopt(tried, { environment: "staging", into: adopt(live).files });
    expect([...errorsIn(one.files, live), ...errorsIn(other.files, live)]).toEqual([]);
    expect(meaningOf(other.files)).toEqual(meaningOf(one.files));
  });
});

/** What a matrix says of each environment, by what runs there: without its keys, reasons and order. */
function meaningOf(files: Files): unknown {
  const { matrix } = validate(files, prod);
  if (matrix === undefined) throw new Error("it is a matrix");
  return matrix.worlds
    .toSorted((a, b) => (a.environment.name < b.environment.name ? -1 : 1))
    .map((world) => ({
      environment: world.environment.name,
      projects: world.environment.projects.map(({ id, number }) => `${id} ${number}`).sort(),
      services: servicesOf(matrix, world),
      inherited: Object.values(matrix.document.inherited ?? {})
        .map(({ principal, role, at }) => [principal, role, ...at].join(" "))
        .sort(),
      exceptions: (matrix.document.exceptions ?? [])
        .filter(({ match }) => match.environment === world.environment.name)
        .map(({ rule, match: { principal, resource, role } }) => [rule, principal, resource, role].join(" "))
        .sort(),
    }));
}

function servicesOf(matrix: Matrix, world: Matrix["worlds"][number]): unknown {
  const membersOf = declaredMemberships(matrix, world);
  const entries = [...world.services.values()].map((service) => {
    const {
      key,
      kind,
      name,
      project,
      regions,
      account,
      ingress,
      public: open,
      iap,
      invokerRole,
      mode,
      stage,
    } = service;
    const where = `${project.id} ${regions.toSorted().join()} ${kind} ${name}`;
    const manage = account.source === "project" ? account.manage : "email";
    const members = [...membersOf(key).keys()].sort();
    return [
      where,
      { runsAs: account.email, manage, ingress, via: open?.via, iap, invokerRole, mode, stage, members },
    ] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("a newer snapshot", () => {
  const before = adopt(prod);

  test.each<readonly [string, (records: Records) => void, added: number, removed: number]>([
    ["says nothing new", () => undefined, 0, 0],
    ["has one grant more", ({ row }) => void row("stock-api").push(sa("users-api")), 1, 0],
    ["has one grant less", ({ row }) => void row("stock-api").splice(0, 1), 0, 1],
    // Rows go on naming the old account: two edges of it stay under the name of a caller, which is three lines.
    ["has another account", ({ service }) => void (service("stock-api").account = emailOf("newcomer")), 6, 3],
    // Its comment, its line, and one for each of three callers.
    ["has one service more", ({ add }) => add("stock-api", "zebra-api", { account: emailOf("zebra-api") }), 5, 0],
    ["lacks a service", ({ drop }) => drop("ledger-api"), 0, 0],
    ["has one region more", ({ add }) => add("billing-api", "billing-api", { region: "us-central1" }), 1, 1],
    ["has another ingress", ({ service }) => void (service("stock-api").ingress = "internal"), 1, 1],
  ])("that %s changes only the lines that say so", (_, edit, added, removed) => {
    const newer = changed(edit);
    const after = adopt(newer, { into: before.files });
    const lines = difference(before.files[ROOT] ?? "", after.files[ROOT] ?? "");
    expect([lines.added, lines.removed]).toMatchObject([{ length: added }, { length: removed }]);
    expect([...errorsIn(after.files, newer), ...leftOver(after)]).toEqual([]);
    // The older one over the newer brings back what was there.
    const back = adopt(prod, { into: after.files });
    expect([...errorsIn(back.files, prod), ...leftOver(back)]).toEqual([]);
  });
});

function emailOf(id: string): string {
  return `${id}@acme-core-prod.iam.gserviceaccount.com`;
}

function sa(id: string): string {
  return `serviceAccount:${emailOf(id)}`;
}

interface Records {
  readonly service: (name: string) => MutableRecord;
  /** The members of its first binding. */
  readonly row: (name: string) => string[];
  /** A copy beside it, under another name or in another region. */
  readonly add: (name: string, as: string, fields: Partial<MutableRecord>) => void;
  readonly drop: (name: string) => void;
}

function changed(edit: (records: Records) => void): Snapshot {
  return edited(prod, (copy) => {
    const lists = copy.projects.flatMap(({ services, jobs }) => [services.value, jobs.value]);
    const listOf = (name: string): MutableRecord[] => {
      const list = lists.find((records) => records.some((record) => record.name === name));
      if (list === undefined) throw new Error(`${name} does not run`);
      return list;
    };
    const service = (name: string): MutableRecord => {
      const found = listOf(name).find((record) => record.name === name);
      if (found === undefined) throw new Error(`${name} does not run`);
      return found;
    };
    edit({
      service,
      row: (name) => service(name).policy.value.bindings[0]?.members ?? [],
      add: (name, as, fields) => void listOf(name).push({ ...service(name), name: as, ...fields }),
      drop: (name) => {
        const list = listOf(name);
        list.splice(0, list.length, ...list.filter((record) => record.name !== name));
      },
    });
  });
}
