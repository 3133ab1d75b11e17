import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../cli/test-io.ts";

/** A real git repository in a temporary folder, as actions/checkout leaves one. */
export interface Checkout {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** Writes files (null removes) and commits them. @returns the commit */
  readonly commit: (files: Readonly<Record<string, string | null>>, message?: string) => string;
}

const person = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@acme.test",
  GIT_AUTHOR_DATE: "2026-11-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@acme.test",
  GIT_COMMITTER_DATE: "2026-11-01T00:00:00Z",
};

export function openCheckout(folder: string): Checkout {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...person, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    }).trim();
  const commit = (files: Readonly<Record<string, string | null>>, message = "change"): string => {
    for (const [name, text] of Object.entries(files)) {
      if (text === null) git("rm", "--quiet", "--", name);
      else write(folder, name, text);
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  return { folder, git, commit };
}

export function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

export interface PullRequestCheckout extends Checkout {
  readonly base: string;
  readonly head: string;
}

/** A repository with a base commit on main, and one change on a branch of its own. */
export function pullRequestOf(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string | null>>,
  folder = temporaryFolder(),
): PullRequestCheckout {
  const checkout = openCheckout(folder);
  checkout.git("init", "--quiet", "--initial-branch=main");
  const base = checkout.commit(before, "base");
  checkout.git("checkout", "--quiet", "-b", "change");
  const head = checkout.commit(after);
  return { ...checkout, base, head };
}
