import { expect, test } from "vitest";
import { CommitDisk } from "../../src/action/commit-disk.ts";
import { OutputFolder } from "../../src/cli/output-folder.ts";
import { run } from "../../src/cli/run.ts";
import { Disk } from "../../src/files/disk.ts";
import { open, textOf, treeOf } from "../git/open-repository.ts";
import { runnerCommand } from "../report/runner-command.ts";
import { act, pullRequestEvent, scripted } from "./act.ts";
import { actOn } from "./act-on.ts";
import { pullRequestOf, write } from "./checkout.ts";
import { gained, shop } from "./shop.ts";

const stack = "out/stacks/prod/cdk.tf.json";
const files = {
  "matrix.yaml": "version: 1\n",
  "infra/teams/a.yaml": "a\n",
  "out/manifest.json": "{}\n",
  [stack]: '{ "//": {} }\n',
  "out/stacks/README": "x\n",
};

test("holds what a clean checkout holds, and goes on to, whatever happens to the checkout", () => {
  const checkout = pullRequestOf({}, files);
  const disk = new CommitDisk(checkout.folder, treeOf(open(checkout.folder), checkout.head));
  const names = ["matrix.yaml", "./matrix.yaml", "infra", "infra/teams/a.yaml", "gone.yaml", stack, "../no-neighbour"];
  const look = (at: Disk): unknown => ({
    read: names.map((name) => textOf(at.read(name)).replace(/ (does not exist|is a folder)[^]*/, " $1")),
    exists: names.map((name) => at.exists(name)),
    isFile: names.map((name) => at.isFile(name)),
    list: ["infra", ".", "gone"].map((name) => at.list(name).filter((each) => !each.startsWith(".git/"))),
    folders: ["out/stacks", "out/./stacks", "infra", "gone", "."].map((name) =>
      at.folders(name).filter((each) => each !== ".git"),
    ),
  });
  const clean = look(new Disk(checkout.folder));
  const same = (at: unknown): string =>
    JSON.stringify(at).replace(/\.\.\/no-neighbour is outside of the repository/, "../no-neighbour does not exist");
  expect(same(look(disk))).toBe(same(clean));
  for (const name of ["matrix.yaml", "infra/teams/b.yaml", "out/stacks/staging/cdk.tf.json", stack])
    write(checkout.folder, name, "else\n");
  expect(same(look(disk))).toBe(same(clean));
  expect(new OutputFolder(disk, "out").read("stacks/prod/cdk.tf.json")).toBe(files[stack]);
  expect(disk.alteredFile()).toBe(undefined);
});

test("what a command read of the commit is refused where a checkout would hold other bytes, output as well", async () => {
  const checkout = pullRequestOf(files, { ".gitattributes": "out/** filter=x\n" });
  const reading = (name: string) => {
    const { program } = scripted({});
    const reads: typeof run = (argv, io) => {
      io.disk.read(name);
      return program(argv, io);
    };
    return actOn(checkout, { program: reads, inputs: { out: "out", comment: "false" } });
  };
  expect((await reading("matrix.yaml")).code).toBe(0);
  const done = await reading(stack);
  expect([done.code, done.outputs, done.summary]).toEqual([2, {}, ""]);
  expect(runnerCommand(done.log.trimEnd().split("\n").at(-1) ?? "")?.data).toBe(
    `${stack} is checked out with other bytes than ${checkout.head} holds: .gitattributes gives it filter=x\n` +
      "help: take the attribute away: what is judged must be what is deployed",
  );
});

test("validate judges the commit, and neither what an earlier step wrote nor what a checkout makes of it", async () => {
  const validate = async (checkout: ReturnType<typeof pullRequestOf>) => {
    const only: typeof run = (argv, io) => (argv[0] === "validate" ? run(argv, io) : scripted({}).program(argv, io));
    return act({
      folder: checkout.folder,
      program: only,
      event: pullRequestEvent(checkout.base, checkout.head),
      inputs: { comment: "false" },
    });
  };
  const left = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": gained });
  write(left.folder, "matrix.yaml", "version: 2\n");
  expect(await validate(left)).toMatchObject({ code: 0, outputs: { changed: "true" } });
  const smuggled = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": "version: 2\n" });
  write(smuggled.folder, "matrix.yaml", gained);
  expect((await validate(smuggled)).code).toBe(1);
  const encoded = pullRequestOf(
    { "matrix.yaml": shop },
    { "matrix.yaml": gained, ".gitattributes": "*.yaml text working-tree-encoding=EUC-JP\n" },
  );
  const done = await validate(encoded);
  expect([done.code, done.outputs]).toEqual([2, {}]);
  expect(done.log).toContain(".gitattributes gives it working-tree-encoding=EUC-JP");
});
