import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runMatrix, temporaryFolder } from "./test-io.ts";

const packaged = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

const plan = {
  format_version: "1.2",
  resource_changes: [
    {
      address: "google_cloud_run_v2_service_iam_member.reports",
      mode: "managed",
      type: "google_cloud_run_v2_service_iam_member",
      name: "reports",
      change: {
        actions: ["create"],
        before: null,
        after: {
          project: "boutique-prod-pci",
          location: "europe-west1",
          name: "ledger",
          role: "roles/run.invoker",
          member: "user:dana@boutique.example",
        },
        after_unknown: {},
      },
    },
  ],
};

/** A folder with a matrix of two files, the example with what drift and guard look at, under a repository or not. */
function folderIn(top: string): string {
  const folder = join(top, "infra", "trust");
  const files = {
    "matrix.yaml":
      "version: 1\ninclude: [teams/*.yaml]\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\nservices: { web: {} }\ntrust:\n  web -> pay: Works\n",
    "before.yaml": "version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\n",
    "teams/payments.yaml": "services: { pay: {}, mail: {}, idle: {} }\ntrust:\n  pay -> mail: Confirms\n",
    "example.yaml": packaged("matrix.example.yaml"),
    "snapshot.json": packaged("matrix.example.snapshot.json"),
    "plan.json": JSON.stringify(plan),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Every file that a report names, once. */
function filesIn(report: string): readonly string[] {
  const found = [...report.matchAll(/(?:\bfile=|"uri": ")([^,"]+)/g)].map(([, file]) => file ?? "");
  return [...new Set(found)].sort();
}

const commands: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["validate", ["validate"], ["matrix.yaml", "teams/payments.yaml"]],
  ["validate of standard input", ["validate", "-"], ["<stdin>", "teams/payments.yaml"]],
  ["diff", ["diff", "./before.yaml", "matrix.yaml"], ["matrix.yaml", "teams/payments.yaml"]],
  ["drift", ["drift", "example.yaml", "--env", "prod", "--snapshot", "snapshot.json"], ["example.yaml"]],
  ["diff --live", ["diff", "--live", "example.yaml", "--env=prod", "--snapshot=snapshot.json"], ["example.yaml"]],
];

describe.each(commands)("%s names files from the top of the repository in what GitHub reads", (_, words, names) => {
  const toldIn = async (cwd: string, format: string, given = words): Promise<readonly string[]> => {
    const stdin = readFileSync(join(cwd, "matrix.yaml"));
    const { stdout, stderr } = await runMatrix([...given, "--format", format], { cwd, stdin });
    expect(stderr).toBe("");
    return filesIn(decodeURIComponent(stdout.replaceAll("%SRCROOT%", "").replace(/%(?![0-9A-F]{2})/g, "%25")));
  };
  const under = (folder: string): readonly string[] =>
    names.map((name) => (name === "<stdin>" ? name : `${folder}${name}`)).sort();

  test("and as the command line does where there is none", async () => {
    const [top, plain] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(top, ".git"));
    const folder = folderIn(top);
    for (const format of ["github", "sarif"]) {
      expect(await toldIn(folder, format), format).toEqual(under("infra/trust/"));
      expect(await toldIn(folderIn(plain), format), format).toEqual(under(""));
    }
    const text = await runMatrix([...words, "--format", "json"], { cwd: folder, stdin: Buffer.from("") });
    expect(text.stdout).not.toContain("infra/trust");
    // At the top they are named so already.
    writeFileSync(join(folder, ".git"), "gitdir: elsewhere");
    expect(await toldIn(folder, "github")).toEqual(under(""));
  });
});

test("guard names the matrix so in SARIF, and no file in annotations: the matrix is not in the plan's repository", async () => {
  const top = temporaryFolder();
  mkdirSync(join(top, ".git"));
  const folder = folderIn(top);
  const told = async (format: string): Promise<string> =>
    (await runMatrix(["guard", "plan.json", "--matrix", "example.yaml", "--format", format], { cwd: folder })).stdout;
  expect(filesIn(await told("sarif"))).toEqual(["infra/trust/example.yaml"]);
  expect(filesIn(await told("github"))).toEqual([]);
});

test("sweep names what it swept so in SARIF, of folders beside the current one as well", async () => {
  const top = temporaryFolder();
  mkdirSync(join(top, ".git"));
  const folder = folderIn(top);
  const key = `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc".split("").reverse().join("")}`;
  for (const name of ["shop.env", "teams/books.env"]) writeFileSync(join(folder, name), `PAYMENT_API_KEY=${key}\n`);
  writeFileSync(join(folder, "broken.env"), Buffer.from([0, 1, 2]));
  const swept = async (cwd: string, ...given: readonly string[]): Promise<string> =>
    (await runMatrix(["sweep", ...given], { cwd })).stdout;
  for (const [cwd, path] of [
    [folder, "."],
    [join(folder, "teams"), ".."],
  ] as const) {
    const sarif = await swept(cwd, path, "--format", "sarif");
    expect(filesIn(sarif)).toEqual(["infra/trust/shop.env", "infra/trust/teams/books.env"]);
    expect(sarif).toContain("infra/trust/broken.env");
  }
  expect(await swept(folder, ".", "--format", "json")).not.toContain("infra/trust");
});

test("names with dots, and whole ones, lead to the same", async () => {
  const top = temporaryFolder();
  mkdirSync(join(top, ".git"));
  const folder = folderIn(top);
  mkdirSync(join(top, "ci"));
  for (const name of ["../infra/trust/matrix.yaml", join(folder, "matrix.yaml")]) {
    const { stdout } = await runMatrix(["validate", name, "--format", "github"], { cwd: join(top, "ci") });
    expect(filesIn(stdout)).toEqual(["infra/trust/matrix.yaml", "infra/trust/teams/payments.yaml"]);
  }
});

test("what a command does not understand is told with its own help", async () => {
  const cwd = temporaryFolder();
  const { stdout } = await runMatrix(["--help"], { cwd });
  const names = [...(stdout.split("Commands:")[1] ?? "").matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? "");
  expect(names).toContain("diff");
  for (const name of names)
    expect((await runMatrix([name, "--frob"], { cwd })).stderr, name).toMatch(
      new RegExp(`\\(matrix ${name} --help shows how it is used\\)\n$`),
    );
  expect((await runMatrix(["frob"], { cwd })).stderr).toMatch(/\(matrix --help shows how it is used\)\n$/);
});
