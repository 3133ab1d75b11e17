import { describe, expect, test } from "vitest";
import type { Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { existingIn } from "../../src/synth/plan/existing.ts";
import type { ImportPolicy } from "../../src/synth/plan/plan-imports.ts";
import { emptyWorld, type World } from "../terraform/stub-provider/world.ts";
import { seedAccount, seedJob } from "../terraform/stub-provider/seed.ts";
import { localParts } from "./injection-corpus.ts";
import { pathOf, readSynthesized, type Synthesized, type SynthesizedImport } from "./read-synthesized.ts";
import { readRows } from "./read-rows.ts";
import { deployed, emailOf, grantedByHand, matrix, memberOf, PROJECT } from "./scenario-worlds.ts";
import { snapshotOfWorld } from "./snapshot-of-world.ts";
import { parseStack, synthesize, TODAY } from "./synthesize.ts";
import { themes } from "./themes.ts";

// Which imports a stack has, under each policy. terraform-imports.test.ts says what Terraform does with them.

const fleet = matrix({
  services: `
    adopted: { account: { id: adopted-run, manage: adopt } }
    made: {}
    named: { account: { manage: reference } }
    foreign: { account: { email: foreign@acme-hr.iam.gserviceaccount.com } }
    watched: { mode: observe, account: { id: watched-run, manage: adopt } }
    planned: { planned: [prod], account: { id: planned-run, manage: adopt } }
    added: { mode: add, account: { id: added-run, manage: adopt } }
    image: { image: app:1, account: { id: image-run, manage: adopt } }
    settle: { kind: job, account: { id: settle-run, manage: adopt }, invokerRole: roles/run.invoker }`,
  trust: `
    made -> added: A
    adopted -> added: A
    foreign -> added: A
    made -> adopted: A`,
});

/** Imports in short: `account EMAIL`, `row PATH ROLE`, `member PATH MEMBER`. */
function shortOf(each: SynthesizedImport): string {
  if (each.what === "account") return `account ${each.email.split("@")[0]}`;
  const at = `${each.kind} ${each.name}`;
  return each.what === "service" ? `itself ${at}` : each.what === "row" ? `row ${at}` : `member ${at} ${each.member}`;
}

function read(text: string, imports?: ImportPolicy): Synthesized {
  return readSynthesized(synthesize(text, TODAY, imports).get("prod") ?? "");
}

const importsOf = (imports?: ImportPolicy, text = fleet): readonly string[] => read(text, imports).imports.map(shortOf);
const existing = (seen: Pick<Snapshot, "accounts" | "projects">): ImportPolicy => ({
  kind: "existing",
  existing: existingIn(seen),
});

const accounts = ["added", "adopted", "image", "planned", "settle"].map((name) => `account ${name}-run`);
const byDefault = [...accounts, "row service adopted", "row service foreign", "row service named", "row job settle"];

describe("what is imported", () => {
  test("by default: what the matrix says was there before it", () => {
    expect(importsOf()).toEqual(byDefault);
    expect(importsOf({ kind: "default" })).toEqual(byDefault);
  });

  test("always: every row that is enforced, of services that Terraform does not make", () => {
    expect(importsOf({ kind: "always" })).toEqual([
      ...accounts,
      ...["adopted", "foreign", "made", "named"].map((name) => `row service ${name}`),
      "row job settle",
    ]);
  });

  test("never: nothing", () => {
    expect(importsOf({ kind: "never" })).toEqual([]);
  });

  const world: World = emptyWorld();
  deployed(world, "made", "added", "image", "watched", "planned");
  seedJob(world, { project: PROJECT, location: "europe-north1", name: "settle" });
  for (const accountId of ["made-sa", "adopted-run", "watched-run"])
    seedAccount(world, { project: PROJECT, accountId });
  grantedByHand(world, "added", [
    memberOf("made-sa").replace("serviceAccount:made", "serviceAccount:MADE"),
    "serviceAccount:foreign@acme-hr.iam.gserviceaccount.com",
    "user:stranger@acme.com",
  ]);
  grantedByHand(world, "made", [memberOf("adopted-run")]);
  const seen = snapshotOfWorld(world);
  const bySight = [
    "account adopted-run",
    "account made-sa",
    "itself service image",
    "member service added serviceAccount:foreign@acme-hr.iam.gserviceaccount.com",
    `member service added ${memberOf("made-sa")}`,
    "row service image",
    "row service made",
  ];

  test("by a snapshot: exactly what it shows", () => {
    expect(importsOf(existing(seen)).toSorted()).toEqual(bySight.toSorted());
  });

  test("by a snapshot: a grant with a condition, or of another role, is not the row's member", () => {
    const edited = editServices(seen, (record) => ({
      ...record,
      policy: withBindings(record, [
        { role: "roles/run.invoker", members: [memberOf("made-sa")], condition: { title: "t", expression: "true" } },
        { role: "roles/run.developer", members: ["serviceAccount:foreign@acme-hr.iam.gserviceaccount.com"] },
      ]),
    }));
    expect(importsOf(existing(edited)).filter((each) => each.startsWith("member"))).toEqual([]);
  });

  test("by a snapshot: the default where it did not look, or was refused", () => {
    expect(importsOf(existing({ projects: [], accounts: [] }))).toEqual(byDefault);
    const denied = { status: "denied", reason: "403" } as const;
    const refused = seen.projects.map((record) => ({ ...record, services: denied, jobs: denied, accounts: denied }));
    expect(importsOf(existing({ projects: refused, accounts: [] }))).toEqual(byDefault);
    const inPart = editServices(seen, (record) => ({ ...record, policy: denied }));
    expect(importsOf(existing(inPart)).toSorted()).toEqual(
      bySight.filter((each) => !each.startsWith("member")).toSorted(),
    );
  });

  test("by a snapshot that shows only a part: that part, and the default of the rest", () => {
    const partial = <T>(reading: Reading<T>): Reading<T> =>
      "value" in reading ? { status: "partial", value: reading.value, reason: "cut" } : reading;
    const cut = seen.projects.map((record) => ({
      ...record,
      services: partial(record.services),
      jobs: partial(record.jobs),
      accounts: partial(record.accounts),
    }));
    expect(importsOf(existing({ projects: cut, accounts: [] })).toSorted()).toEqual(
      [...new Set([...bySight, ...byDefault])].toSorted(),
    );
  });

  test("by a snapshot: an account that is known not to exist is none", () => {
    const gone = { email: emailOf("adopted-run"), details: { status: "read", value: null } } as const;
    const others = seen.accounts.filter(({ email }) => email !== gone.email);
    expect(importsOf(existing({ ...seen, accounts: [...others, gone] }))).not.toContain("account adopted-run");
  });

  test("members are found by their key, whatever they are called", () => {
    const people = localParts.map((part) => `${part.toLowerCase()}@acme.com`);
    const text = matrix({
      services: "target: { mode: add }",
      callers: people.map((user, at) => `p${at}: { user: ${JSON.stringify(user)} }`).join("\n"),
      trust: people.map((_, at) => `p${at} -> target: Why not`).join("\n"),
    });
    const there = emptyWorld();
    deployed(there, "target");
    grantedByHand(
      there,
      "target",
      people.map((user) => `user:${user}`),
    );
    expect(importsOf(existing(snapshotOfWorld(there)), text).toSorted()).toEqual(
      people.map((user) => `member service target user:${user}`).toSorted(),
    );
  });
});

describe.each(themes)("$name", ({ text }) => {
  const policies: readonly ImportPolicy[] = [{ kind: "never" }, { kind: "always" }];

  test("imports change nothing else, and not the hash", () => {
    const bare = (files: ReadonlyMap<string, string>): readonly (readonly [string, object])[] =>
      [...files].map(([name, file]) => {
        const { import: _, ...rest } = parseStack(file);
        return [name, rest];
      });
    const plain = bare(synthesize(text));
    for (const policy of policies) expect(bare(synthesize(text, TODAY, policy))).toEqual(plain);
  });

  test("what is imported is what stands there", () => {
    for (const [name, file] of synthesize(text, TODAY, { kind: "always" })) {
      const stack = readSynthesized(file);
      // Ids are templates since Terraform 1.6 only; rows come with removed blocks, which need 1.7.
      if (stack.imports.some(({ what }) => what !== "account"))
        expect(parseStack(file).terraform.required_version).toBe(">= 1.7");
      const rows = new Map(stack.rows.map((row) => [row.address, row]));
      const held = new Map(stack.accounts.map((account) => [account.address, account]));
      for (const each of stack.imports) {
        if (each.what === "account") expect(held.get(each.address)).toMatchObject({ email: each.email });
        else if (each.what === "row")
          expect(rows.get(each.address)).toMatchObject({ role: each.role, name: each.name, region: each.region });
        else throw new Error(`${each.what} is imported without a look`);
      }
      // Two readers that know nothing of each other see the same rows.
      expect(
        stack.rows.flatMap((row) => row.members.map((member) => `${pathOf(row)} ${row.role} ${member}`)).toSorted(),
      ).toEqual(
        readRows(name, parseStack(file))
          .flatMap((row) => row.principals.map((member) => `${pathOf(row)} ${row.role} ${member}`))
          .toSorted(),
      );
    }
  });
});

type Seen = Pick<Snapshot, "accounts" | "projects">;

function editServices(seen: Seen, edit: (record: ServiceRecord) => ServiceRecord): Seen {
  const projects = seen.projects.map((record) => ({
    ...record,
    services:
      "value" in record.services ? { ...record.services, value: record.services.value.map(edit) } : record.services,
  }));
  return { ...seen, projects };
}

function withBindings(
  { name, policy }: ServiceRecord,
  bindings: readonly { role: string; members: readonly string[]; condition?: { title: string; expression: string } }[],
): ServiceRecord["policy"] {
  return name === "added" ? { status: "read", value: { bindings } } : policy;
}
