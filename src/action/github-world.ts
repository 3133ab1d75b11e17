import { version } from "../cli/version.ts";
import { openConnections } from "../http/proxy.ts";
import { apiBase } from "../github/api-base.ts";
import { createGitHubClient, type GitHubClient } from "../github/github-client.ts";
import { UsageError } from "../cli/usage-error.ts";
import { type ActionWorld, runnerVariable } from "./action-world.ts";

/** GitHub, as the action reaches it. */
export interface GitHubWorld {
  /** The repository of the pull request. */
  readonly repository: { readonly owner: string; readonly name: string };
  readonly clientFor: (token: string) => GitHubClient;
  readonly close: () => Promise<void>;
}

/** @throws UsageError, SetupError where the runner does not say what it should */
export function openGitHub(world: ActionWorld): GitHubWorld {
  const given = runnerVariable(world, "GITHUB_REPOSITORY") ?? "";
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(given) ?? [];
  if (owner === undefined || name === undefined) throw new UsageError("GITHUB_REPOSITORY is not OWNER/NAME");
  const base = apiBase(runnerVariable(world, "GITHUB_API_URL"));
  const { io } = world;
  const connections = openConnections(io.env, 2);
  return {
    repository: { owner, name },
    clientFor: (token) =>
      createGitHubClient({
        base,
        token,
        connections,
        clock: { now: io.now, sleep: io.sleep },
        userAgent: `trust-matrix/${version}`,
      }),
    close: connections.close,
  };
}
