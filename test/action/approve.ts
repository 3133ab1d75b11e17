import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "vitest";
import type { Approvals } from "../../src/action/approvals.ts";
import { collectApprovals } from "../../src/action/collect-approvals.ts";
import { openGitHub } from "../../src/action/github-world.ts";
import { readInputs } from "../../src/action/inputs.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import {
  type FakeReview,
  type GitHubFacts,
  type GitHubOptions,
  PULL,
  REPOSITORY,
  startGitHub,
} from "../github/fake-github.ts";
import { open } from "../git/open-repository.ts";
import { act, type Acted, inputEnv, ioOf, pullRequestEvent, type Script, scripted } from "./act.ts";
import type { PullRequestCheckout } from "./checkout.ts";

const conforms = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL("../../schemas/approvals.schema.json", import.meta.url), "utf8")),
);

export const tokens: GitHubFacts["tokens"] = {
  "workflow-token": { login: "github-actions[bot]", may: ["read", "comment"] },
  "team-token": { login: "approvals[bot]", may: ["teams"] },
};
const teams = {
  "acme/payments": { ada: "active", Grace: "active", eve: "pending", mallory: "active" },
  "acme/security": { sam: "active", ada: "active" },
  "acme/empty": {},
} as const;

export interface ApprovalWish {
  readonly reviews?: readonly FakeReview[];
  readonly approvers?: Script["approvers"];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: GitHubOptions;
  /** The branch that the pull request goes into. */
  readonly into?: string;
}

const payments = { owner: "team-payments", github: ["@acme/payments"] };

export interface Approved extends Acted {
  readonly record: Approvals;
  /** The token and the path of each request. */
  readonly requests: readonly string[];
}

/** Runs the action with require-approvals; payments must approve unless told otherwise. */
export async function approve(
  { folder, base, head }: PullRequestCheckout,
  { reviews = [], approvers = [payments], inputs = {}, options, into }: ApprovalWish,
): Promise<Approved> {
  const github = await startGitHub({ tokens, teams, reviews }, options);
  const file = join(temporaryFolder(), "approvals.json");
  const done = await act({
    folder,
    program: scripted({ approvers, markdown: "broadens\n" }).program,
    event: pullRequestEvent(base, head, into === undefined ? {} : { into }),
    env: { GITHUB_API_URL: github.url, RUNNER_TEMP: join(file, "..") },
    inputs: {
      comment: "false",
      "require-approvals": "true",
      "approvals-file": file,
      "team-token": "team-token",
      ...inputs,
    },
  });
  expect(github.violations).toEqual([]);
  const record = JSON.parse(readFileSync(file, "utf8")) as Approvals;
  expect(conforms(record), JSON.stringify(conforms.errors)).toBe(true);
  return { ...done, record, requests: github.requests.map(({ path, token }) => `${token} ${path}`) };
}

/** The record alone, without git and files. */
export async function collect(
  { folder, base, head }: PullRequestCheckout,
  reviews: readonly FakeReview[],
): Promise<Approvals> {
  const { url } = await startGitHub({ tokens, teams, reviews });
  const github = openGitHub({
    program: scripted({}).program,
    io: ioOf({ folder, env: { GITHUB_API_URL: url, GITHUB_REPOSITORY: REPOSITORY } }).io,
  });
  const task = {
    inputs: readInputs(inputEnv({ token: "workflow-token", "team-token": "team-token" })),
    pull: undefined,
    versions: { base: { id: base, reference: base }, head: { id: head, reference: head } },
    repository: open(folder),
    matrix: "matrix.yaml",
    out: undefined,
    top: folder,
    workspace: folder,
    folder,
    asOf: "2026-11-22T00:00:00Z",
  };
  const approvers = [{ ...payments, changes: ["f1"] }];
  const pull = { number: PULL, head, base, author: "mallory", baseRef: "main", defaultBranch: "main" };
  try {
    return await collectApprovals(github, task, pull, { changed: true, impact: "broadens", approvers });
  } finally {
    await github.close();
  }
}
