import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { act, type Acted, type ActionWish, pullRequestEvent, scripted } from "./act.ts";
import { type PullRequestCheckout, pullRequestOf } from "./checkout.ts";

export const before = { "matrix.yaml": "version: 1\n" };
export const after = { "matrix.yaml": "version: 1\n# changed\n" };

/** A checkout of a small change for tests that only look at it: making one takes longer than they do. */
export function sharedCheckout(): PullRequestCheckout {
  const folder = mkdtempSync(join(tmpdir(), "matrix-action-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return pullRequestOf(before, after, folder);
}

interface Wish extends Partial<ActionWish> {
  /** The API; without one there is no comment. */
  readonly github?: string;
}

/** Runs the action on the pull request of a checkout, with a scripted program. */
export function actOn(checkout: PullRequestCheckout, wish: Wish = {}): Promise<Acted> {
  const { github, env = {}, ...rest } = wish;
  return act({
    folder: checkout.folder,
    event: pullRequestEvent(checkout.base, checkout.head),
    program: scripted({}).program,
    inputs: { comment: String(github !== undefined), ...rest.inputs },
    ...rest,
    env: { ...env, ...(github === undefined ? {} : { GITHUB_API_URL: github }) },
  });
}
