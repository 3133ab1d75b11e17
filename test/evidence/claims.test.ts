import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { scopePopulation } from "../../src/evidence/scope-population.ts";
import type { World } from "../../src/matrix/model/world.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { runMatrix } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";
import { make, packedFolder, record } from "./forge.ts";

// What a pack must not say of what it was made from: that it is more complete, or better approved, than it is.

const root = fileURLToPath(new URL("../../", import.meta.url));
let cwd = "";

beforeAll(async () => {
  cwd = await packedFolder();
});

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const run = (...argv: readonly string[]) => runMatrix(argv, { cwd });
const statement = (pack: string): string => readFileSync(join(cwd, pack, "statement.md"), "utf8");

test("a record that cannot be is refused, and one of a change without needs approves nothing", async () => {
  expect(statement("pack")).toMatch(/^\| `approvals\/7-.*\| needed none \|/m);
  expect(statement("pack")).toContain("The records are not signed by GitHub");
  const need = {
    owner: "x",
    github: ["@x"],
    fingerprints: [],
    approvals: [{ user: "bob" }],
    state: "approved",
    problems: [],
  };
  const refused: readonly (readonly [object, string])[] = [
    [{ ...need, approvals: [{ user: "Ada" }] }, "the author is among those who approved"],
    [{ ...need, approvals: [] }, "is approved by nobody"],
    [{ ...need, problems: ["forged"] }, "is approved, and has problems"],
  ];
  for (const [bad, why] of refused) {
    writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...record, needs: [bad] }));
    const { stderr, code } = await run(
      ...make,
      "matrix.example.snapshot.json",
      "--out",
      "no",
      "--approvals",
      "bad.json",
    );
    expect(stderr).toContain(why);
    expect(code).toBe(2);
  }
  writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...record, repository: "evil/other" }));
  const two = ["--approvals", "none.json", "--approvals", "bad.json"];
  expect((await run(...make, "matrix.example.snapshot.json", "--out", "no", ...two)).stderr).toContain(
    "several repositories",
  );
});

test("judged far from the reading, the statement warns, and verify says it", async () => {
  await run(...make, "matrix.example.snapshot.json", "--out", "far", "--as-of", "2027-06-01");
  expect(statement("far")).toMatch(/^\*\*Warning\*\*: judged 191 days after the reading/m);
  expect((await run("evidence", "verify", "far")).stdout).toContain("2027-06-01T00:00:00Z, 191 days after the reading");
  expect(statement("pack")).not.toContain("**Warning**");
});

test("what was never listed makes a count incomplete", async () => {
  type Loose = { [key: string]: Loose } & Loose[];
  const counts = async (name: string, change: (snapshot: Loose) => void): Promise<Readonly<Record<string, string>>> => {
    const snapshot = JSON.parse(readFileSync(join(cwd, "matrix.example.snapshot.json"), "utf8")) as Loose;
    change(snapshot);
    const { sha256: _, ...rest } = snapshot;
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify(sealSnapshot(rest as never)));
    await run(...make, `${name}.json`, "--out", name);
    const rows = statement(name).matchAll(/^\| ([^|]+) \| \d+ \| (yes|no) \|/gm);
    return Object.fromEntries([...rows].map(([, what = "", complete = ""]) => [what.replaceAll("`", ""), complete]));
  };
  const whole = await counts("c0", () => undefined);
  expect(whole).toMatchObject({ services: "yes", "service accounts": "yes", "bindings on service accounts": "yes" });
  const without = await counts("c1", (snapshot) => void snapshot["projects"]?.splice(1));
  expect(Object.entries(without).filter(([, complete]) => complete === "yes")).toEqual([]);
  const unlisted = await counts("c2", (snapshot) => void snapshot["accounts"]?.splice(0, 1));
  expect(unlisted).toMatchObject({ services: "yes", "service accounts": "no", "keys that people manage": "no" });
  const above = await counts("c3", (snapshot) => void snapshot["containers"]?.splice(0, 1));
  expect(above).toMatchObject({ services: "yes", "deny policies": "no" });
  const role = await counts("c4", (snapshot) => void snapshot["roles"]?.splice(0, 1));
  expect(role).toMatchObject({ services: "yes", "roles that policies name": "no" });
  expect(statement("c0")).toContain(
    "**Complete within the scope**, but for what an exception accepts. Above it 1 level was not read; 3 groups were not expanded",
  );
});

test("a merge that changes more than the record lists has no record", async () => {
  const repo = GitFolder.repository();
  onTestFinished(() => repo.remove());
  const text = readFileSync(`${root}matrix.example.yaml`, "utf8");
  const snapshot = readFileSync(`${root}matrix.example.snapshot.json`);
  expect(text).not.toContain("adservice -> cartservice");
  const commitAll = (matrix: string, ...words: readonly string[]): string => {
    repo.write({ "matrix.example.yaml": matrix, "matrix.example.snapshot.json": snapshot });
    repo.git("add", "-A");
    repo.git("commit", "-q", "--allow-empty", ...words);
    return repo.git("rev-parse", "HEAD");
  };
  commitAll(text, "-m", "first");
  repo.git("checkout", "-qb", "topic");
  const head = commitAll(`${text}# reviewed\n`, "-m", "topic");
  repo.git("checkout", "-q", "main");
  repo.git("merge", "-q", "--no-ff", "--no-commit", "topic");
  commitAll(
    `${text.replace("\ntrust:\n", "\ntrust:\n  adservice -> cartservice: Because\n")}# reviewed\n`,
    "-m",
    "merge",
  );
  const packed = async (change: object): Promise<unknown> => {
    repo.write({ ".git/record.json": JSON.stringify({ ...record, compared: head, head, ...change }) });
    repo.git("clean", "-fdq");
    const words = [...make, "matrix.example.snapshot.json", "--out", "p", "--approvals", ".git/record.json"];
    expect((await runMatrix(words, { cwd: repo.path })).stderr).toMatch(/^wrote p/);
    expect((await runMatrix(["evidence", "verify", "p"], { cwd: repo.path })).code).toBe(0);
    const { approvals, recorded } = JSON.parse(readFileSync(join(repo.path, "p/statement.json"), "utf8")) as {
      approvals: { commits: { by: string | null }[] };
      recorded: { history: { commits: { changes: { needs: { owner: string; fingerprints: string[] }[] } | null }[] } };
    };
    return [approvals.commits[0]?.by, recorded.history.commits[0]?.changes?.needs ?? []];
  };
  const [by, needs] = (await packed({})) as [string | null, readonly object[]];
  expect([by, needs.length]).toEqual([null, 1]);
  const approved = needs.map((need) => ({ ...need, approvals: [{ user: "bob" }], state: "approved", problems: [] }));
  expect(await packed({ needs: approved })).toEqual(["commit", needs]);
  expect(await packed({ needs: approved, matrix: "some/other.yaml" })).toEqual([null, []]);
});

test("whether Google or a person said which projects there are", async () => {
  const snapshot = JSON.parse(readFileSync(join(cwd, "matrix.example.snapshot.json"), "utf8")) as Snapshot;
  const world = { environment: { scope: [], projects: [] } } as unknown as World;
  const judge = (scope: readonly string[], ...scopes: Snapshot["scopes"]) => {
    const { independence, projects } = scopePopulation(
      { ...snapshot, asked: { ...snapshot.asked, scope }, scopes },
      world,
    );
    return [independence, ...projects.map(({ inScope }) => inScope)];
  };
  const listed = { status: "read", value: ["boutique-prod"] } as const;
  const denied = { status: "denied", reason: "no" } as const;
  expect(judge(["folders/1"], { resource: "folders/1", projects: listed })).toEqual(["all", true, false]);
  expect(judge(["folders/1", "projects/boutique-prod-pci"], { resource: "folders/1", projects: listed })).toEqual([
    "some",
    true,
    false,
  ]);
  const two = [
    { resource: "folders/1", projects: listed },
    { resource: "folders/2", projects: denied },
  ] as const;
  expect(judge(["folders/1", "folders/2"], ...two)).toEqual(["some", true, null]);
  expect(judge(["folders/2"], two[1])).toEqual(["none", null, null]);
  expect(judge(["projects/boutique-prod"])).toEqual(["none", null, null]);
});
