import { formatInstant } from "../time/instant.ts";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../cli/usage-error.ts";
import { Repository } from "../git/repository.ts";
import { type ActionWorld, runnerVariable } from "./action-world.ts";
import { type Compared, findCompared } from "./find-compared.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { type PullRequest, readPullRequest } from "./pull-request.ts";
import { refuseBase } from "./refuse-base.ts";
import { pathInRepository, refuseLinks } from "./repository-path.ts";

/** What one run of the action is about. */
export interface Task {
  readonly inputs: Inputs;
  readonly pull: PullRequest | undefined;
  readonly versions: Compared;
  readonly repository: Repository;
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
  if (inputs.requireApprovals && pull !== undefined) refuseBase(pull, inputs.protectedBranches);
  const workspace = runnerVariable(world, "GITHUB_WORKSPACE") ?? world.io.cwd;
  const folder = realFolder(resolve(workspace, inputs.workingDirectory));
  const repository = openRepository(folder);
  const top = resolve(folder, repository.nameOf("."));
  const inside = (input: string, given: string): string => {
    const path = pathInRepository(input, repository.pathOf("."), given);
    refuseLinks(input, top, path);
    return path;
  };
  return {
    inputs,
    pull,
    versions: findCompared(repository, pull, inputs.base),
    repository: openRepository(top),
    matrix: inside("matrix", inputs.matrix),
    out: inputs.out === undefined ? undefined : inside("out", inputs.out),
    top,
    workspace,
    folder,
    asOf: formatInstant(world.io.now()),
  };
}

/** Without links, since git tells where it is from there. */
function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function openRepository(folder: string): Repository {
  const found = existsSync(folder) ? Repository.open(folder, ".") : undefined;
  if (found instanceof Repository) return found;
  throw new UsageError(
    `git finds no repository in ${folder}${found === undefined ? "" : `: ${found.problem}`}`,
    "run actions/checkout first, and set working-directory",
  );
}
