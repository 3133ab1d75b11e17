import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runAction } from "../../src/action/run-action.ts";
import type { Io, Output } from "../../src/cli/io.ts";
import type { run } from "../../src/cli/run.ts";
import { Disk } from "../../src/files/disk.ts";
import type { Instant } from "../../src/time/instant.ts";
import { TODAY, temporaryFolder } from "../cli/test-io.ts";
import { PULL, REPOSITORY } from "../github/fake-github.ts";

/** What a run of the action left behind. */
export interface Acted {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** How long it waited, in milliseconds. */
  readonly slept: number;
}

export interface ActionWish {
  readonly folder: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly program: typeof run;
}

/** The variables and files that the runner gives to a step. */
export function runnerEnv(folder: string, event: unknown): Readonly<Record<string, string>> {
  const temporary = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(temporary, name), text);
    return join(temporary, name);
  };
  mkdirSync(join(temporary, "runner"));
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
    GITHUB_OUTPUT: file("output", ""),
    GITHUB_STEP_SUMMARY: file("summary", ""),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: join(temporary, "runner"),
  };
}

/** The inputs as action.yml hands them over. */
export function inputEnv(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase().replaceAll("-", "_")}`, value]),
  );
}

/** A world for the action: a fixed day, waiting that takes no time, and a log that is kept. */
export function ioOf({ folder, env }: { readonly folder: string; readonly env: Io["env"] }): {
  readonly io: Io;
  readonly log: () => string;
  readonly slept: () => number;
} {
  let log = "";
  let slept = 0;
  const output: Output = {
    write: (text) => {
      log += text;
    },
    isTerminal: false,
    width: 100,
  };
  return {
    io: {
      stdout: output,
      stderr: output,
      readStdin: () => new Uint8Array(),
      env,
      cwd: folder,
      disk: new Disk(folder),
      now: () => (TODAY + slept) as Instant,
      sleep: (milliseconds) => {
        slept += milliseconds;
        return Promise.resolve();
      },
      random: () => 0.5,
    },
    log: () => log,
    slept: () => slept,
  };
}

/** Runs the action in this process. */
export async function act({ folder, inputs = {}, event, env = {}, program }: ActionWish): Promise<Acted> {
  const runner = { ...runnerEnv(folder, event), ...env };
  const world = ioOf({ folder, env: { ...runner, ...inputEnv({ token: "workflow-token", ...inputs }) } });
  const code = await runAction({ program, io: world.io });
  return {
    code,
    log: world.log(),
    slept: world.slept(),
    outputs: readOutputs(readFileSync(runner["GITHUB_OUTPUT"] ?? "", "utf8")),
    summary: readFileSync(runner["GITHUB_STEP_SUMMARY"] ?? "", "utf8"),
  };
}

/** Reads GITHUB_OUTPUT as the runner's FileCommandManager does: `name=value`, or `name<<end` up to that line. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const [, name, end] = /^([^=]*?)<<(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      const [, key, value = ""] = /^([^=]+)=(.*)$/.exec(line) ?? [];
      if (key !== undefined) outputs[key] = value;
      continue;
    }
    const close = lines.indexOf(end ?? "", index + 1);
    if (close === -1) throw new Error(`the value of ${name} does not end`);
    outputs[name] = lines.slice(index + 1, close).join("\n");
    index = close;
  }
  return outputs;
}

/** A payload as GitHub sends it, as far as it is read. */
export function pullRequestEvent(base: string, head: string, { author = "mallory", into = "main" } = {}): unknown {
  return {
    action: "synchronize",
    number: PULL,
    pull_request: {
      number: PULL,
      title: "Innocent ${{ secrets.TOKEN }} `id` ::set-output name=broadens::false",
      head: { sha: head, ref: "$(touch /tmp/pwned)", repo: { full_name: "mallory/shop" } },
      base: { sha: base, ref: into },
      user: { login: author, type: "User" },
    },
    repository: { full_name: REPOSITORY, default_branch: "main" },
    sender: { login: author },
  };
}

/** What the scripted program answers. */
export interface Script {
  readonly changed?: boolean;
  readonly impact?: string;
  readonly approvers?: readonly { owner: string | null; github: readonly string[]; changes?: readonly string[] }[];
  readonly markdown?: string;
  readonly annotations?: string;
  readonly codes?: Readonly<Partial<Record<"validate" | "synth" | "diff", 0 | 1 | 2 | 3>>>;
}

/** A program that answers by the book and notes how it was called: the action is tested apart from what a diff says. */
export function scripted(script: Script): { readonly program: typeof run; readonly calls: readonly string[][] } {
  const calls: string[][] = [];
  const program: typeof run = (argv, io) => {
    calls.push([...argv]);
    const command = argv[0] ?? "";
    const [format = ""] = argv.flatMap((word) => /^--format=(.*)$/.exec(word)?.[1] ?? []);
    if (command === "diff") io.stdout.write(diffOutput(script, format));
    return Promise.resolve(command in (script.codes ?? {}) ? (script.codes?.[command as "diff"] ?? 0) : 0);
  };
  return { program, calls };
}

function diffOutput(script: Script, format: string): string {
  const { changed = true, impact = "broadens", approvers = [] } = script;
  if (format === "markdown") return changed ? (script.markdown ?? "broadens access\n") : "";
  if (format === "github") return script.annotations ?? "";
  return JSON.stringify({
    schema: "matrix/diff/v1",
    changed,
    impact,
    approvers: approvers.map(({ changes = ["f1"], ...approver }) => ({
      ...approver,
      changes,
      reasons: ["callee-owner"],
    })),
  });
}
