import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Cloud, type Faults, startCloud } from "../cloud/server.ts";
import { makeWorld, type WorldEntry } from "../cloud/world.ts";
import { type Ran, runMatrix } from "../cli/test-io.ts";

// The command against a Logging API of the tests' own, over real HTTP.

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Outside of the repository: its history is none of this. */
const folder = mkdtempSync(join(tmpdir(), "matrix-changes-"));
for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"])
  copyFileSync(join(root, name), join(folder, name));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const CORE = "projects/boutique-prod";
const PCI = "projects/boutique-prod-pci";
const ORGANIZATION = "organizations/900000000000";
const SECRET = "sk-not-for-anybody";

let cloud: Cloud | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

/** Somebody lets dana in, by an entry for each number. */
function grants(level: string, ...numbers: readonly number[]): readonly WorldEntry[] {
  return numbers.map((number) => {
    const entry = {
      insertId: `i${number}`,
      logName: `${level}/logs/cloudaudit.googleapis.com%2Factivity`,
      timestamp: `2026-11-0${number}T12:00:00Z`,
      protoPayload: {
        serviceName: "run.googleapis.com",
        methodName: "google.cloud.run.v1.Services.SetIamPolicy",
        resourceName: `${level}/locations/europe-west1/services/ledger`,
        authenticationInfo: { principalEmail: "bob@boutique.example" },
        request: { note: SECRET },
        serviceData: {
          policyDelta: {
            bindingDeltas: [
              { action: "ADD", role: "roles/run.invoker", member: `user:dana${number}@boutique.example` },
            ],
          },
        },
      },
    };
    return entry;
  });
}

async function changes(
  logs: Readonly<Record<string, readonly WorldEntry[]>>,
  { faults, pageSize }: { readonly faults?: Faults; readonly pageSize?: number } = {},
  ...more: readonly string[]
): Promise<Ran> {
  cloud = await startCloud(
    { ...makeWorld({}), logs },
    {
      ...(faults === undefined ? {} : { faults }),
      ...(pageSize === undefined ? {} : { pageSize }),
    },
  );
  const argv = ["changes", "matrix.example.yaml", "--env", "prod", "--from", "2026-11-01", "--to", "2026-11-20"];
  return runMatrix([...argv, "--format", "json", ...more], { cwd: folder, env: cloud.env });
}

interface Document {
  readonly complete: boolean;
  readonly gaps: readonly { readonly kind: string; readonly resource: string | null; readonly message: string }[];
  readonly changes: readonly { readonly member: string; readonly against: boolean }[];
  readonly covered: readonly object[];
}
const read = ({ stdout }: Ran): Document => JSON.parse(stdout) as Document;
const beside = ["--snapshot", "matrix.example.snapshot.json"];

describe("the Logging API", () => {
  test("is read level by level and page by page, and nothing of a request comes out", async () => {
    const ran = await changes(
      { [CORE]: [], [PCI]: grants(PCI, 2, 3, 4, 5, 6), [ORGANIZATION]: [] },
      { pageSize: 2 },
      ...beside,
    );
    const { gaps, changes: found, covered } = read(ran);
    expect(found.map(({ member }) => member)).toEqual(
      [2, 3, 4, 5, 6].map((number) => `user:dana${number}@boutique.example`),
    );
    expect(covered).toHaveLength(3);
    // Only the end differs: the snapshot knows none of these.
    expect(gaps.filter(({ kind }) => kind !== "end-differs")).toEqual([]);
    expect(cloud?.violations).toEqual([]);
    expect(cloud?.requests.filter(({ api }) => api === "logging")).toHaveLength(5);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain(SECRET);
  });

  test("that refuses one level leaves a gap there, and the others are told", async () => {
    const ran = await changes({ [CORE]: [], [PCI]: grants(PCI, 2) }, {}, ...beside);
    const { complete, gaps, changes: found } = read(ran);
    expect([ran.code, complete, found.length]).toEqual([3, false, 1]);
    expect(gaps.filter(({ kind }) => kind === "level-not-read")).toMatchObject([
      { resource: ORGANIZATION, message: expect.stringContaining("logging.logEntries.list is missing") },
    ]);
  });

  test("that is busy is asked again; one that breaks off is a gap with what came before", async () => {
    const busy = await changes(
      { [CORE]: [], [PCI]: grants(PCI, 2) },
      { faults: (_, nth) => (nth === 0 ? 429 : undefined) },
    );
    expect(read(busy).gaps.map(({ kind }) => kind)).toEqual(["above-unknown", "above-unknown"]);
    expect([read(busy).changes.length, busy.code]).toEqual([1, 3]);
    await cloud?.close();
    let asked = 0;
    const faults: Faults = ({ api }) => (api === "logging" && ++asked > 3 ? 500 : undefined);
    const broken = await changes({ [CORE]: [], [PCI]: grants(PCI, 2, 3, 4) }, { faults, pageSize: 1 });
    expect(read(broken).gaps).toMatchObject([
      { kind: "above-unknown" },
      { kind: "above-unknown" },
      {
        kind: "level-not-read",
        resource: PCI,
        message: expect.stringContaining("not read to the end (partial): page 3"),
      },
    ]);
    expect(read(broken).changes).toHaveLength(2);
  });

  test("keeps entries for 400 days: a period before is a gap", async () => {
    const ran = await changes({ [CORE]: [], [PCI]: [] }, {}, "--from", "2025-01-01");
    expect(read(ran).gaps.map(({ kind }) => kind)).toContain("outside-retention");
  });
});
