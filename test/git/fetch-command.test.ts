import { describe, expect, test } from "vitest";
import { deepenCommand, fetchCommand, remoteBranch } from "../../src/git/fetch-command.ts";

const shallow = { isShallow: true, narrow: [], remotes: ["origin", "fork"] };
const sha = "0123456789abcdef0123456789abcdef01234567";

describe("the command that fetches what a reference names", () => {
  test.each([
    ["origin/main", "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"],
    ["refs/remotes/origin/main", "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"],
    ["fork/a/b", "git fetch --depth=1 fork +refs/heads/a/b:refs/remotes/fork/a/b"],
    ["main", "git fetch origin"],
    ["team/main", "git fetch origin"],
    ["refs/heads/main", "git fetch origin"],
    ["v1.2", "git fetch --depth=1 origin refs/tags/v1.2:refs/tags/v1.2"],
    ["refs/tags/a", "git fetch --depth=1 origin refs/tags/a:refs/tags/a"],
    [sha, `git fetch --depth=1 origin ${sha}`],
    [`${sha}${sha.slice(0, 24)}`, `git fetch --depth=1 origin ${sha}${sha.slice(0, 24)}`],
    ["origin/a$(id)", "git fetch --depth=1 origin '+refs/heads/a$(id):refs/remotes/origin/a$(id)'"],
    ["origin/it's", "git fetch --depth=1 origin '+refs/heads/it'\\''s:refs/remotes/origin/it'\\''s'"],
  ])("%s", (reference, command) => {
    expect(fetchCommand(reference, shallow)).toBe(command);
  });

  test.each(["HEAD", "FETCH_HEAD", "-x", "--upload-pack=x", "a b", "a..b", "a:b", "a*", "refs/pull/1/head", "x.lock"])(
    "nothing for %s",
    (reference) => {
      expect(fetchCommand(reference, shallow)).toBeUndefined();
    },
  );

  test("a whole clone is fetched into wholly, one without a remote not at all", () => {
    const whole = { isShallow: false, narrow: [], remotes: ["up"] };
    expect(fetchCommand("up/main", whole)).toBe("git fetch up");
    expect(fetchCommand("up/main", { ...whole, narrow: ["up"] })).toBe(
      "git fetch up +refs/heads/main:refs/remotes/up/main",
    );
    expect(fetchCommand("main", { ...shallow, remotes: [] })).toBeUndefined();
    expect(deepenCommand(shallow)).toBe("git fetch --unshallow origin");
    expect(deepenCommand(whole)).toBeUndefined();
  });

  test("a branch that only a remote has is called as it is here", () => {
    const called = (name: string) => remoteBranch(name, shallow);
    expect(["main", "team/x", "refs/heads/main"].map(called)).toEqual(["origin/main", "origin/team/x", "origin/main"]);
    const others = [
      "v1.2",
      sha,
      "HEAD",
      "origin/main",
      "fork/a",
      "refs/tags/a",
      "refs/remotes/origin/a",
      "remotes/a",
      "-x",
    ];
    for (const other of others) expect(called(other)).toBeUndefined();
    expect(remoteBranch("main", { ...shallow, remotes: [] })).toBeUndefined();
  });
});
