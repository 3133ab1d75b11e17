import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { answer, findingsOf, folderOf, matrixWith } from "./answer.ts";
import { runMatrix, temporaryFolder } from "./test-io.ts";

const isWindows = process.platform === "win32";
const isRoot = process.getuid?.() === 0;

describe("a matrix that cannot be read", () => {
  test.each<readonly [string, (folder: string) => void, string]>([
    ["is not there", () => undefined, "error: matrix.yaml does not exist"],
    [
      "is a folder",
      (folder) => void mkdirSync(join(folder, "matrix.yaml")),
      "error: matrix.yaml is a folder, not a file",
    ],
    [
      "is a link to nothing",
      (folder) => symlinkSync("gone", join(folder, "matrix.yaml")),
      "error: matrix.yaml does not exist",
    ],
    [
      "is a link to itself",
      (folder) => symlinkSync("matrix.yaml", join(folder, "matrix.yaml")),
      "error: matrix.yaml is a link that leads back to itself",
    ],
    [
      "lies below a file",
      (folder) => {
        writeFileSync(join(folder, "a"), "");
        symlinkSync("a/b", join(folder, "matrix.yaml"));
      },
      "error: matrix.yaml has a file where a folder must be",
    ],
    [
      "is larger than any matrix",
      (folder) => {
        writeFileSync(join(folder, "matrix.yaml"), "");
        truncateSync(join(folder, "matrix.yaml"), 1024 ** 4);
      },
      "error: matrix.yaml: the file is larger than 16 MiB, and is not read",
    ],
  ])("%s", async (_, prepare, told) => {
    const folder = temporaryFolder();
    prepare(folder);
    expect((await findingsOf(folder))[0]).toBe(told);
  });

  test.skipIf(isWindows)("never ends", async () => {
    const told = "error: /dev/zero: the file is larger than 16 MiB, and is not read";
    expect((await findingsOf(temporaryFolder(), "/dev/zero"))[0]).toBe(told);
  });

  test.skipIf(isWindows)("is a pipe that nobody writes to", async () => {
    const folder = temporaryFolder();
    execFileSync("mkfifo", [join(folder, "matrix.yaml")]);
    expect((await findingsOf(folder))[0]).toBe("error: matrix.yaml is a pipe that nobody writes to");
  });

  test.skipIf(isRoot)("belongs to somebody else", async () => {
    const folder = folderOf({ "matrix.yaml": matrixWith("") });
    chmodSync(join(folder, "matrix.yaml"), 0);
    expect((await findingsOf(folder))[0]).toBe("error: matrix.yaml may not be read by this user");
  });

  test("has a name that is too long", async () => {
    expect(await findingsOf(temporaryFolder(), "a".repeat(5000))).toEqual([
      expect.stringMatching(/^error: a+ is longer than any name can be$/),
    ]);
  });

  test("is a hundred megabytes of noise", async () => {
    const folder = temporaryFolder();
    execFileSync("dd", ["if=/dev/urandom", "of=matrix.yaml", "bs=1M", "count=100", "status=none"], { cwd: folder });
    expect((await findingsOf(folder))[0]).toBe("error: matrix.yaml: the file is larger than 16 MiB, and is not read");
  });
});

test("a link that leads in circles is not found, and init writes nothing over it", async () => {
  const folder = temporaryFolder();
  symlinkSync("matrix.yaml", join(folder, "matrix.yaml"));
  expect((await answer(["validate"], folder)).stderr).toContain("there is no matrix.yaml or matrix.yml here");
  expect((await answer(["init"], folder)).stderr).toContain("matrix.yaml exists already");
});

describe("an include", () => {
  const part = "services: { extra: {} }\n";
  const including = (patterns: string): string => matrixWith(`include: ${patterns}\n`);

  test.each<readonly [string, string]>([
    ["../other.yaml", "leaves the folder of the matrix"],
    ["teams/../../other.yaml", "leaves the folder of the matrix"],
    ["..", "leaves the folder of the matrix"],
    ["/etc/passwd", "leaves the folder of the matrix"],
    ["../*.yaml", "leaves the folder of the matrix"],
    ["..\\other.yaml", "leaves the folder of the matrix"],
    ["gone.yaml", "gone.yaml does not exist"],
    ["gone/*.yaml", 'the include "gone/*.yaml" matches no file'],
    ["*.json", 'the include "*.json" matches no file'],
    ["teams", "teams is a folder, not a file"],
    [".", ". is a folder, not a file"],
    ["teams/", "teams/ is a folder, not a file"],
    ["{a,b}.yaml", "{a,b}.yaml does not exist"],
    ["[ab].yaml", "[ab].yaml does not exist"],
    ["(a+)+$*", 'the include "(a+)+$*" matches no file'],
    [".hidden/*.yaml/../../../*.yaml", "leaves the folder of the matrix"],
    ["*".repeat(2000), "the include is longer than any path"],
    [`${"*a".repeat(500)}b`, "matches no file"],
    [`${"**/".repeat(300)}b`, "matches no file"],
    ["a".repeat(1000), "is longer than any name can be"],
  ])("of %s is refused", async (pattern, told) => {
    const files = { "matrix.yaml": including(JSON.stringify([pattern])), "teams/a.yaml": part };
    const folder = folderOf({ ...files, ["a".repeat(200)]: "x", [`${"a/".repeat(40)}c`]: "x" });
    expect(await findingsOf(folder)).toEqual([expect.stringMatching(/^5:\d+ include: /)]);
    expect((await findingsOf(folder))[0]).toContain(told);
  });

  test("of nothing, or of too much nesting, is a problem of the schema", async () => {
    for (const include of ['[""]', "[[a.yaml]]", "a.yaml", "{ a: b.yaml }", "[1]"])
      expect((await findingsOf({ "matrix.yaml": including(include) })).join("\n")).toContain(" schema: ");
  });

  test("of the matrix itself, or of a file twice, includes each once", async () => {
    const include = "[matrix.yaml, ./teams/../matrix.yaml, '*.yaml', teams/a.yaml, teams/*, '**/*.yaml']";
    const files = { "matrix.yaml": including(include), "teams/a.yaml": part };
    expect(await findingsOf(files)).toEqual(["teams/a.yaml:1:13 uncalled-service: nobody may call extra"]);
  });

  test("finds hidden files only where they are named, and no packages", async () => {
    const hidden = { ".a.yaml": "!", "x/.b/c.yaml": "!", "node_modules/p/d.yaml": "!", ".git/e.yaml": "!" };
    const files = { ...hidden, "matrix.yaml": including("['**/*.yaml', '.named/*.yaml']"), ".named/f.yaml": part };
    expect(await findingsOf(files)).toEqual([".named/f.yaml:1:13 uncalled-service: nobody may call extra"]);
  });

  test("says what is wrong inside included files, there", async () => {
    const files = {
      "matrix.yaml": including("[teams/*.yaml]"),
      "teams/a.yaml": "services:\n\tb: {}\n",
      "teams/b.yaml": "environments: {}\n",
      "teams/c.yaml": "version: 1\ninclude: [a.yaml]\n",
      "teams/d.yaml": "",
      "teams/e.yaml": Buffer.from([0xff, 0xfe, 0x41]),
    };
    expect(await findingsOf(files)).toEqual([
      "5:11 include: teams/e.yaml: the file is UTF-16, not UTF-8",
      "teams/a.yaml:2:1 yaml: a tab cannot indent YAML",
      expect.stringMatching(/^teams\/b.yaml:1:1 schema: /),
      expect.stringMatching(/^teams\/c.yaml:2:1 schema: /),
      "teams/d.yaml:1:1 yaml: the file is empty",
    ]);
  });

  test("follows no link out of the folder", async () => {
    const outside = mkdtempSync(join(tmpdir(), "matrix-outside-"));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    writeFileSync(join(outside, "secret.yaml"), part);
    const folder = folderOf({ "matrix.yaml": including("['**/*.yaml', links/folder/secret.yaml]"), "in/a.yaml": part });
    mkdirSync(join(folder, "links"));
    symlinkSync(join(outside, "secret.yaml"), join(folder, "links/file.yaml"));
    symlinkSync(outside, join(folder, "links/folder"));
    symlinkSync("..", join(folder, "links/loop"));
    expect(await findingsOf(folder)).toEqual([
      "5:11 include: links/file.yaml is a link that leaves the folder of the matrix",
      "5:24 include: links/folder/secret.yaml is a link that leaves the folder of the matrix",
    ]);
    rmSync(join(folder, "links"), { recursive: true });
    symlinkSync("in", join(folder, "links"));
    writeFileSync(join(folder, "matrix.yaml"), including("[links/a.yaml]"));
    expect(await findingsOf(folder)).toEqual(["links/a.yaml:1:13 uncalled-service: nobody may call extra"]);
  });

  test("of 10,000 files reads them all", async () => {
    const files = Array.from({ length: 10_000 }, (_, i) => [
      `teams/${i}.yaml`,
      `services: { s${i}: { planned: [prod] } }\n`,
    ]);
    const folder = folderOf({ ...Object.fromEntries(files), "matrix.yaml": including("[teams/*.yaml]") });
    const { stdout, code } = await runMatrix(["validate"], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain("10002 services");
  });
});
