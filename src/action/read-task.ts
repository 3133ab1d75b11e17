import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../cli/usage-error.ts";
import { type ActionWorld, runnerVariable } from "./action-world.ts";
import { askGitIn } from "./ask-git.ts";
import { findVersions, type Versions } from "./find-versions.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { type PullRequest, readPullRequest } from "./pull-request.ts";
import { pathInRepository, refuseLinks } from "./repository-path.ts";

/** What one run of the action is about. */
export interface Task {
  readonly inputs: Inputs;
  readonly pull: PullRequest | undefined;
  readonly versions: Versions;
  /** The root file of the matrix, from the top of the repository. */
  readonly matrix: string;
  /** The folder of committed output, from the top of the repository. */
  readonly out: string | undefined;
  /** The top of the repository. */
  readonly top: string;
  /** What GitHub checks out into, and the folder in it that inputs are relative to. */
  readonly workspace: string;
  readonly folder: string;
  /** The moment at which everything is judged, in UTC. */
  readonly asOf: string;
}

/** @throws UsageError where the workflow or the checkout is not what the action can work with */
export function readTask(world: ActionWorld): Task {
  const inputs = readInputs(world.io.env);
  const event = runnerVariable(world, "GITHUB_EVENT_PATH");
  const pull = event === undefined ? undefined : readPullRequest(readFileSync(event, "utf8"));
  if (inputs.requireApprovals && pull === undefined)
    throw new UsageError(
      "this event is about no pull request, and require-approvals reads the reviews of one",
      "run the action on pull_request; in a merge queue, set require-approvals to false",
    );
  const workspace = runnerVariable(world, "GITHUB_WORKSPACE") ?? world.io.cwd;
  const folder = resolve(workspace, inputs.workingDirectory);
  const git = askGitIn(folder);
  const place = git("rev-parse", "--show-toplevel", "--show-prefix");
  if (place === undefined)
    throw new UsageError(
      `git finds no repository in ${folder}`,
      "run actions/checkout first, and set working-directory",
    );
  const [top = "", prefix = ""] = place.split("\n");
  const inside = (input: string, given: string): string => {
    const path = pathInRepository(input, prefix, given);
    refuseLinks(input, top, path);
    return path;
  };
  return {
    inputs,
    pull,
    versions: findVersions(git, pull, inputs.base),
    matrix: inside("matrix", inputs.matrix),
    out: inputs.out === undefined ? undefined : inside("out", inputs.out),
    top,
    workspace,
    folder,
    asOf: new Date(world.io.now()).toISOString().replace(/\.\d+Z$/, "Z"),
  };
}
