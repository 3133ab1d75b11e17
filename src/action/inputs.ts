import { UsageError } from "../cli/usage-error.ts";

/** What the workflow asks for. */
export interface Inputs {
  /** The root file of the matrix, as it was written: relative to the working directory. */
  readonly matrix: string;
  readonly workingDirectory: string;
  /** A git reference to compare with; without it, the base of the pull request. */
  readonly base: string | undefined;
  /** The folder of the committed output, for synth --check. */
  readonly out: string | undefined;
  readonly comment: boolean;
  /** The login under which the token comments. */
  readonly commentAuthor: string;
  /** Words for diff --fail-on. */
  readonly failOn: readonly string[];
  readonly requireApprovals: boolean;
  /** Branches for which approvals count, beside the default one. */
  readonly protectedBranches: readonly string[];
  readonly approvalsFile: string;
  readonly token: string | undefined;
  /** What may read teams; where not given, the token. */
  readonly teamToken: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that action.yml sets, by the input that each carries. */
export const inputVariables = {
  matrix: "INPUT_MATRIX",
  "working-directory": "INPUT_WORKING_DIRECTORY",
  base: "INPUT_BASE",
  out: "INPUT_OUT",
  comment: "INPUT_COMMENT",
  "comment-author": "INPUT_COMMENT_AUTHOR",
  "fail-on": "INPUT_FAIL_ON",
  "require-approvals": "INPUT_REQUIRE_APPROVALS",
  "protected-branches": "INPUT_PROTECTED_BRANCHES",
  "approvals-file": "INPUT_APPROVALS_FILE",
  token: "INPUT_TOKEN",
  "team-token": "INPUT_TEAM_TOKEN",
} as const satisfies Readonly<Record<string, string>>;

type InputName = keyof typeof inputVariables;

/** @throws UsageError for an input that cannot be meant */
export function readInputs(env: Environment): Inputs {
  const text = (name: InputName): string | undefined => {
    const value = env[inputVariables[name]]?.trim() ?? "";
    return value === "" ? undefined : value;
  };
  return {
    matrix: text("matrix") ?? "matrix.yaml",
    workingDirectory: text("working-directory") ?? ".",
    base: text("base"),
    out: text("out"),
    comment: flag("comment", text("comment"), true),
    commentAuthor: text("comment-author") ?? "github-actions[bot]",
    failOn: (text("fail-on") ?? "").split(/[\s,]+/).filter((word) => word !== ""),
    requireApprovals: flag("require-approvals", text("require-approvals"), false),
    protectedBranches: (text("protected-branches") ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    approvalsFile: text("approvals-file") ?? "approvals.json",
    token: text("token"),
    teamToken: text("team-token"),
  };
}

/** Anything but true and false is a slip, and a slip must not switch off a check. */
function flag(name: InputName, value: string | undefined, standard: boolean): boolean {
  if (value === undefined) return standard;
  if (value === "true") return true;
  if (value === "false") return false;
  throw new UsageError(`the input ${name} is "${value}"`, "write true or false");
}
