import { type Severity, severities } from "../finding/severity.ts";
import { type DiffFormatName, diffFormatNames } from "../report/diff/format-names.ts";
import { type DriftFormatName, driftFormatNames } from "../report/drift/format-names.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { type DiffFailure, diffFailures } from "./diff-failures.ts";
import { UsageError } from "./usage-error.ts";

/** Whether the command line itself gives an option. */
type IsGiven = (name: string) => boolean;

/** What both ways of `matrix diff` take. */
interface Shared {
  readonly format?: string;
  readonly env?: readonly string[];
  readonly failOn?: readonly string[];
}

export type OfVersions<Given> = Omit<Given, keyof Shared> & {
  readonly format: DiffFormatName;
  readonly failOn: readonly DiffFailure[];
  readonly env?: readonly string[];
};

export type OfLive<Given> = Omit<Given, keyof Shared> & {
  readonly format: DriftFormatName;
  readonly failOn?: Severity;
  readonly env?: string;
};

const liveOnly = {
  snapshot: "--snapshot",
  indirect: "--indirect",
  appliedHash: "--applied-hash",
  state: "--state",
  writeExceptions: "--write-exceptions",
  groups: "--groups",
  impersonateServiceAccount: "--impersonate-service-account",
  timeout: "--timeout",
} as const;

const versionsOnly = { mergeBase: "--merge-base", detailedExitcode: "--detailed-exitcode" } as const;

/**
 * The options of a comparison of two versions.
 * @throws UsageError where one of them is an option of --live
 */
export function checkVersions<Given extends Shared>(given: Given, isGiven: IsGiven): OfVersions<Given> {
  for (const [name, option] of Object.entries(liveOnly))
    if (isGiven(name)) throw new UsageError(`${option} is about live access`, "add --live, or leave it out");
  const { format, env, failOn = [], ...rest } = given;
  return {
    ...rest,
    format: one(diffFormatNames, format ?? diffFormatNames[0], "--format", "a comparison of two versions"),
    failOn: failOn.map((each) => one(diffFailures, each, "--fail-on", "a comparison of two versions")),
    ...(env === undefined ? {} : { env }),
  };
}

/**
 * The options of a comparison with live access, as drift takes them.
 * @throws UsageError where one of them is about two versions
 */
export function checkLive<Given extends Shared>(
  given: Given,
  isGiven: IsGiven,
  head: string | undefined,
): OfLive<Given> {
  if (head !== undefined)
    throw new UsageError("--live compares one matrix with what is live", "name one version, or leave --live out");
  for (const [name, option] of Object.entries(versionsOnly))
    if (isGiven(name)) throw new UsageError(`${option} is about two versions of a matrix`, "leave it out, or --live");
  const { format, env = [], failOn = [], ...rest } = given;
  if (env.length > 1) throw new UsageError("--live looks at one environment", "run the command once for each");
  if (failOn.length > 1) throw new UsageError("--live fails from one severity on", "give --fail-on once");
  if (isGiven("writeExceptions") && isGiven("format"))
    throw new UsageError("--write-exceptions has a format of its own", "leave --format out");
  return {
    ...rest,
    format: one(driftFormatNames, format ?? driftFormatNames[0], "--format", "--live"),
    ...(failOn[0] === undefined ? {} : { failOn: one(severities, failOn[0], "--fail-on", "--live") }),
    ...(env[0] === undefined ? {} : { env: env[0] }),
  };
}

/** The choice that a word is. @throws UsageError where it is one of the other way */
function one<Name extends string>(names: readonly Name[], word: string, option: string, where: string): Name {
  const found = names.find((name) => name === word);
  if (found === undefined)
    throw new UsageError(`${where} knows no ${option} ${word}`, `there are ${enumerateWords(names, "and")}`);
  return found;
}
