import { describe, expect, test } from "vitest";
import { deepenCommand, fetchCommand } from "../../src/git/fetch-command.ts";

const shallow = { isShallow: true, remotes: ["origin", "fork"] };
const sha = "0123456789abcdef0123456789abcdef01234567";

describe("the command that fetches what a reference names", () => {
  test.each([
    ["origin/main", "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"],
    ["refs/remotes/origin/main", "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"],
    ["fork/a/b", "git fetch --depth=1 fork +refs/heads/a/b:refs/remotes/fork/a/b"],
    ["main", "git fetch --depth=1 origin +refs/heads/main:refs/heads/main"],
    ["team/main", "git fetch --depth=1 origin +refs/heads/team/main:refs/heads/team/main"],
    ["refs/heads/main", "git fetch --depth=1 origin +refs/heads/main:refs/heads/main"],
    ["v1.2", "git fetch --depth=1 origin +refs/tags/v1.2:refs/tags/v1.2"],
    [sha, `git fetch --depth=1 origin ${sha}`],
    [`${sha}${sha.slice(0, 24)}`, `git fetch --depth=1 origin ${sha}${sha.slice(0, 24)}`],
    ["a$(id)", "git fetch --depth=1 origin '+refs/heads/a$(id):refs/heads/a$(id)'"],
    ["it's", "git fetch --depth=1 origin '+refs/heads/it'\\''s:refs/heads/it'\\''s'"],
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
    expect(fetchCommand("main", { isShallow: false, remotes: ["up"] })).toBe(
      "git fetch up +refs/heads/main:refs/heads/main",
    );
    expect(fetchCommand("main", { isShallow: true, remotes: [] })).toBeUndefined();
    expect(deepenCommand(shallow)).toBe("git fetch --unshallow origin");
    expect(deepenCommand({ isShallow: false, remotes: ["origin"] })).toBeUndefined();
  });
});
