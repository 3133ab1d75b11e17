import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cloud } from "./server.ts";

/** Whether there is a gcloud to run. Asks the file system alone: starting it takes a second. */
export function hasGcloud(): boolean {
  try {
    execFileSync("sh", ["-c", "command -v gcloud"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export interface Gcloud {
  /** What a command prints as JSON, parsed. */
  readonly ask: (command: string) => Promise<unknown>;
  readonly close: () => void;
}

/** Gcloud in front of the cloud: every API overridden, a token from a file, no settings, no questions. */
export function pointGcloud(cloud: Cloud, project: string): Gcloud {
  const folder = mkdtempSync(join(tmpdir(), "matrix-gcloud-"));
  const tokenFile = join(folder, "token");
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token = "", ...overrides } = cloud.env;
  writeFileSync(tokenFile, token);
  const env = {
    ...overrides,
    PATH: process.env["PATH"],
    HOME: folder,
    CLOUDSDK_CONFIG: folder,
    CLOUDSDK_CORE_PROJECT: project,
    CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: "1",
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "1",
    CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: tokenFile,
  };
  return {
    ask: async (command) => {
      const { stdout } = await promisify(execFile)("gcloud", [...command.split(" "), "--format=json"], { env });
      return JSON.parse(stdout);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
