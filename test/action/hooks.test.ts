import { chmodSync, copyFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../cli/test-io.ts";
import { root } from "../docs/markdown.ts";
import { installMatrix, isBuilt, runFile, type Ended } from "./built.ts";
import { type Checkout, openCheckout, pullRequestOf, write } from "./checkout.ts";
import { broken, gained, shop } from "./shop.ts";

const hook = `${root}hooks/pre-commit`;

/** A repository with the hook in place, and a command that commits. */
function hooked(): Checkout & {
  readonly tryCommit: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
} {
  const checkout = openCheckout(temporaryFolder());
  checkout.git("init", "--quiet", "--initial-branch=main");
  copyFileSync(hook, join(checkout.folder, ".git/hooks/pre-commit"));
  chmodSync(join(checkout.folder, ".git/hooks/pre-commit"), 0o755);
  const path = `${installMatrix()}:${process.env["PATH"]}`;
  const temporary = temporaryFolder();
  const tryCommit = async (args: readonly string[] = [], env = {}): Promise<Ended> => {
    const words = ["-c", "user.name=Ada", "-c", "user.email=ada@acme.test", "commit", "--message", "change", ...args];
    const done = await runFile("git", words, checkout.folder, { PATH: path, TMPDIR: temporary, ...env });
    // It leaves nothing behind, however it ends.
    expect(readdirSync(temporary)).toEqual([]);
    return done;
  };
  return { ...checkout, tryCommit };
}

describe.skipIf(!isBuilt)("hooks/pre-commit (skipped where npm run build has not run)", () => {
  test("judges what is staged, and not what lies in the working tree", async () => {
    const { folder, git, tryCommit } = hooked();
    write(folder, "matrix.yaml", broken);
    git("add", "--all");
    write(folder, "matrix.yaml", shop);
    const wrong = await tryCommit();
    expect(wrong.code, wrong.output).toBe(1);
    expect(wrong.output).toContain('no service or set of services is called "biling"');
    git("add", "--all");
    write(folder, "matrix.yaml", broken);
    expect((await tryCommit()).code).toBe(0);
    expect(git("status", "--porcelain")).toBe("M matrix.yaml");
  });

  test("shows what the commit changes, includes and all, and fails on none of it", async () => {
    const { folder, git, tryCommit } = hooked();
    const split = shop.replace(/services:\n/, "include: ['teams ü/*.yaml']\nservices:\n");
    write(folder, "matrix.yaml", split);
    write(folder, "teams ü/pay.yaml", "trust: {}\n");
    git("add", "--all");
    expect((await tryCommit(["--no-verify"])).code).toBe(0);
    write(folder, "teams ü/pay.yaml", "trust:\n  checkout -> billing: Charges the card\n");
    git("add", "--all");
    const done = await tryCommit();
    expect(done.code, done.output).toBe(0);
    expect(done.output).toContain("lets checkout call billing");
  });

  test("fails only on what is new", async () => {
    const { folder, git, tryCommit } = hooked();
    const expired = `${shop}exceptions:\n  - id: OLD-1\n    rule: public-undeclared\n    match: { to: storefront }\n    reason: Was needed\n    owner: team-web\n    expires: 2020-01-01\n`;
    write(folder, "matrix.yaml", expired);
    git("add", "--all");
    const first = await tryCommit();
    expect(first.code, first.output).toBe(1);
    await tryCommit(["--no-verify"]);
    write(folder, "matrix.yaml", expired.replace("Places orders", "Places all orders"));
    git("add", "--all");
    const second = await tryCommit();
    expect(second.code, second.output).toBe(0);
  });

  test("judges what git commit -a and a path on its command line commit", async () => {
    const { folder, git, tryCommit } = hooked();
    write(folder, "matrix.yaml", shop);
    git("add", "--all");
    await tryCommit(["--no-verify"]);
    write(folder, "matrix.yaml", broken);
    expect((await tryCommit(["--", "matrix.yaml"])).code).toBe(1);
    write(folder, "matrix.yaml", gained);
    expect((await tryCommit(["--all"])).output).toContain("the internet reaches billing");
  });

  test("does nothing where no matrix changes, and says where the program is missing", async () => {
    const { folder, git, tryCommit } = hooked();
    write(folder, "readme.md", "x");
    git("add", "--all");
    expect((await tryCommit([], { MATRIX_COMMAND: "/nowhere" })).code).toBe(0);
    write(folder, "infra/access.yaml", shop);
    git("add", "--all");
    const env = { MATRIX_FILE: "infra/access.yaml" };
    expect((await tryCommit([], { ...env, PATH: "/usr/bin:/bin" })).output).toContain("is not installed");
  });
});

describe("which matrix the hook judges", () => {
  /** Commits with a stand-in for the program, which prints its last word. */
  function judging() {
    const checkout = hooked();
    const { folder, git, tryCommit } = checkout;
    const program = join(folder, ".git/program");
    write(folder, ".git/program", '#!/bin/sh\nfor word; do :; done; echo "judges $word"\n');
    chmodSync(program, 0o755);
    const judge = (env: Readonly<Record<string, string>> = {}, words: readonly string[] = []): Promise<Ended> => {
      git("add", "--all");
      return tryCommit(["--quiet", ...words], { MATRIX_COMMAND: program, ...env });
    };
    return { ...checkout, judge };
  }

  test("a name that is set and not staged is an error, unless no YAML is staged", async () => {
    const { folder, git, judge } = judging();
    write(folder, "readme.md", "x");
    expect(await judge({ MATRIX_FILE: "infra/acess.yaml" })).toEqual({ code: 0, output: "" });
    write(folder, "infra/access.yaml", shop);
    for (const name of ["infra/acess.yaml", "infra", "../access.yaml", "/infra/access.yaml"]) {
      const { code, output } = await judge({ MATRIX_FILE: name });
      expect([code, output]).toEqual([1, expect.stringContaining(`MATRIX_FILE is ${name}, and git has no such file`)]);
    }
    git("config", "matrix.file", "infra/acess.yaml");
    const { code, output } = await judge();
    expect([code, output]).toEqual([1, expect.stringContaining("git config matrix.file is infra/acess.yaml, and")]);
    expect((await judge({ MATRIX_FILE: "infra/access.yaml" })).output).toContain("judges infra/access.yaml");
  });

  test("matrix.file, else the one at the top, else the only one; of several none", async () => {
    const { folder, git, judge } = judging();
    write(folder, "other.yaml", "x: 1\n");
    const none = await judge();
    expect([none.code, none.output]).toEqual([0, expect.stringMatching(/^pre-commit: no matrix here; [^\n]*\n$/)]);
    write(folder, "infra ü/matrix.yml", shop);
    expect((await judge()).output).toContain("judges infra ü/matrix.yml\n");
    write(folder, "b/c/matrix.yaml", shop);
    const several = await judge();
    expect(several.code).toBe(1);
    expect(several.output).toMatch(/^pre-commit: no matrix at the top, .*set git config matrix\.file PATH\n$/);
    git("config", "matrix.file", "b/c/matrix.yaml");
    expect((await judge()).output).toContain("judges b/c/matrix.yaml\n");
    git("config", "--unset", "matrix.file");
    write(folder, "matrix.yaml", shop);
    expect((await judge()).output).toContain("judges matrix.yaml\n");
  });
});

test("the hook names no package to install that is not published", () => {
  expect(readFileSync(hook, "utf8")).not.toMatch(/install\b.* trust-matrix\b/);
});

test("the hook is plain sh and is kept executable", async () => {
  const text = readFileSync(hook, "utf8");
  expect(text.startsWith("#!/bin/sh\n")).toBe(true);
  expect(await runFile("sh", ["-n", hook], root)).toEqual({ code: 0, output: "" });
  expect(statSync(hook).mode & 0o111).toBe(0o111);
  expect(text).not.toMatch(/\[\[|\blocal\b|function /);
});

test("the hooks for pre-commit run commands that there are", () => {
  const hooks = parse(readFileSync(`${root}.pre-commit-hooks.yaml`, "utf8")) as readonly Readonly<
    Record<string, unknown>
  >[];
  expect(hooks.map(({ id }) => id)).toEqual(["matrix-validate", "matrix-diff", "matrix-fmt"]);
  for (const each of hooks) {
    expect(each).toMatchObject({ language: "node", pass_filenames: false, types: ["yaml"] });
    expect(each["entry"]).toMatch(/^matrix (validate --new-since=HEAD|diff HEAD|fmt)$/);
  }
});

test("the example for pre-commit tells each hook where the matrix is", async () => {
  const page = readFileSync(`${root}docs/review.md`, "utf8");
  const [, text = ""] = /```yaml fragment\n(repos:\n[^]*?)```/.exec(page) ?? [];
  const { repos } = parse(text) as {
    readonly repos: readonly {
      readonly hooks: readonly { readonly id: string; readonly args?: readonly string[] }[];
    }[];
  };
  const entries = parse(readFileSync(`${root}.pre-commit-hooks.yaml`, "utf8")) as readonly Readonly<
    Record<"id" | "entry", string>
  >[];
  // pre-commit runs the words of the entry, then args.
  const lines = repos
    .flatMap(({ hooks }) => hooks)
    .map(({ id, args = [] }) => [entries.find((each) => each.id === id)?.entry, ...args].join(" "));
  expect(lines).toEqual([
    "matrix validate --new-since=HEAD infra/matrix.yaml",
    "matrix diff HEAD infra/matrix.yaml",
    "matrix fmt infra/matrix.yaml",
  ]);
  if (!isBuilt) return;
  const { folder } = pullRequestOf({ "infra/matrix.yaml": shop }, {});
  write(folder, "infra/matrix.yaml", gained);
  const path = `${installMatrix()}:${process.env["PATH"]}`;
  const [validated, compared] = await Promise.all(
    lines.slice(0, 2).map((line) => runFile("sh", ["-c", line], folder, { PATH: path })),
  );
  expect(validated?.code, validated?.output).toBe(0);
  expect(compared?.output).toContain("lets checkout call billing");
});
