import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeAll, expect, test } from "vitest";
import type { Hop } from "../../src/access/access.ts";
import type { Policy, Reading, Snapshot } from "../../src/snapshot/snapshot.ts";
import { editSnapshot, exampleSnapshotText } from "./edit-snapshot.ts";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

const example = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");

let schema: object;

beforeAll(async () => {
  schema = JSON.parse((await runMatrix(["schema", "--of", "drift"], { cwd: "/" })).stdout);
});

async function drift(snapshot: string, ...options: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "matrix.yaml"), example);
  writeFileSync(join(cwd, "snapshot.json"), snapshot);
  return runMatrix(["drift", "--snapshot", "snapshot.json", "--format", "json", ...options], { cwd });
}

test.each([
  ["as it is", ""],
  ["without a policy", `container("projects/boutique-prod").policy = { status: "denied", reason: "403" };`],
  ["without a project", `snapshot.projects.pop(); snapshot.containers.pop();`],
  ["empty", `for (const each of snapshot.projects) each.services.value = each.jobs.value = [];`],
])("what drift says of the example %s follows the schema that matrix prints", async (_, code) => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const report: unknown = JSON.parse((await drift(editSnapshot(code), "--indirect")).stdout);
  expect(validate(report) ? [] : validate.errors).toEqual([]);
});

test("a snapshot is judged at the moment at which it was read, in the same bytes each time", async () => {
  const { finishedAt } = JSON.parse(exampleSnapshotText) as { readonly finishedAt: string };
  const { stdout } = await drift(exampleSnapshotText);
  expect((await drift(exampleSnapshotText)).stdout).toBe(stdout);
  expect((await drift(exampleSnapshotText, "--as-of", finishedAt)).stdout).toBe(stdout);
  const later = await drift(exampleSnapshotText, "--as-of", "2027-06-01");
  expect(JSON.parse(later.stdout)).toMatchObject({ asOf: "2027-06-01T00:00:00Z" });
});

test("every path of every row can be checked by hand: each grant stands in the snapshot as it is quoted", async () => {
  interface Report {
    readonly access: readonly { readonly paths: readonly { readonly hops: readonly Hop[] }[] }[];
  }
  const { access } = JSON.parse((await drift(exampleSnapshotText, "--indirect")).stdout) as Report;
  const hops = access.flatMap(({ paths }) => paths.flatMap((path) => path.hops));
  const granted = hops
    .filter(({ role }) => role !== null)
    .map(({ resource, role, member }) => grant(resource, role, member));
  expect(granted.length).toBeGreaterThan(50);
  const written = grantsOf(JSON.parse(exampleSnapshotText) as Snapshot);
  expect(granted.filter((each) => !written.has(each))).toEqual([]);
});

function grant(resource: string, role: string | null, member: string | null): string {
  return `${member} has ${role} on ${resource}`;
}

/** Every grant of a snapshot, as a person would find it there. */
function grantsOf({ projects, containers, accounts }: Snapshot): ReadonlySet<string> {
  const policies: (readonly [resource: string, policy: Reading<Policy> | undefined])[] = [
    ...containers.map(({ resource, policy }) => [resource, policy] as const),
    ...accounts.map(
      ({ email, policy }) => [`projects/${/@([^.]+)/.exec(email)?.[1]}/serviceAccounts/${email}`, policy] as const,
    ),
    ...projects.flatMap(({ project, services, jobs }) =>
      [services, jobs].flatMap((list) =>
        "value" in list
          ? list.value.map(
              ({ kind, region, name, policy }) =>
                [`projects/${project}/locations/${region}/${kind}s/${name}`, policy] as const,
            )
          : [],
      ),
    ),
  ];
  return new Set(
    policies.flatMap(([resource, policy]) =>
      policy !== undefined && "value" in policy
        ? policy.value.bindings.flatMap(({ role, members }) => members.map((member) => grant(resource, role, member)))
        : [],
    ),
  );
}

test("--quiet and --verbose change nothing about what programs read", async () => {
  const { stdout } = await drift(exampleSnapshotText);
  expect((await drift(exampleSnapshotText, "--quiet")).stdout).toBe(stdout);
  expect((await drift(exampleSnapshotText, "--verbose")).stdout).toBe(stdout);
});
