import { type Command, InvalidArgumentError, Option } from "commander";
import { severities } from "../finding/severity.ts";
import { driftFormatNames } from "../report/drift/format-names.ts";
import { type Instant, parseEnd, parseInstant } from "../time/instant.ts";
import { UsageError } from "./usage-error.ts";

/** Options that several commands share, so that each is spelled and explained once. */
export const options = {
  /** @param otherwise the moment where it is not given */
  asOf: (otherwise = "now") =>
    new Option("--as-of <date>", `the day or moment at which the matrix is judged; default: ${otherwise}`).argParser(
      parseAsOf,
    ),
  env: () => new Option("--env <name>", "only this environment; may be given several times").argParser(collect),
  /** What --env means to a command that answers for each environment. */
  anyEnv: "only this environment; default: all, or the snapshot's",
  oneEnv: () => new Option("--env <name>", "the environment; needed where the matrix has several").argParser(once),
  format: (names: readonly string[]) =>
    new Option("--format <name>", "how the result is written").choices(names).default(names[0]),
  failOn: () =>
    new Option("--fail-on <severity>", "exit with 1 from this severity on").choices(severities).default("error"),
  collect,
  once,
  /** How Google Cloud is read. */
  reading: (command: Command) =>
    command
      .option("--groups", "read the members of groups through Cloud Identity")
      .option("--impersonate-service-account <email>", "read as this account")
      .addOption(options.timeout()),
  timeout: () =>
    new Option("--timeout <seconds>", "give up after this long; what was not read by then is named")
      .argParser(parseSeconds)
      .default(1800),
  /** The first moment of a period. */
  day: (flags: string, description: string) => new Option(flags, description).argParser(parseAsOf),
  /** The first moment after a period: a date counts through that day. */
  lastDay: (flags: string, description: string) => new Option(flags, description).argParser(parseLast),
  /**
   * How a question about access is asked: of the matrix, unless told to look at the world.
   * @param formats none where the command has a format of its own
   */
  asking: (
    command: Command,
    formats: readonly string[],
    {
      asOf = "now, or when it was read with --snapshot or --live",
      env = "the environment; needed where the matrix has several",
    }: { readonly asOf?: string; readonly env?: string } = {},
  ) => {
    command
      .option("--env <name>", env, options.once)
      .option("--live", "ask what is live: reads Google Cloud")
      .addOption(
        new Option("--snapshot <file>", "ask what was live when this snapshot was read; - is standard input").conflicts(
          ["live", "groups", "impersonateServiceAccount", "timeout"],
        ),
      );
    if (formats.length > 0) command.addOption(options.format(formats));
    // It has a value by default: only its source tells whether somebody wants to read.
    command.hook("preAction", (self) => {
      if (self.getOptionValueSource("timeout") === "cli" && self.opts()["live"] !== true)
        throw new UsageError("--timeout is about reading Google Cloud", "add --live, or leave it out");
    });
    return options.reading(command.addOption(options.asOf(asOf)));
  },
  /** Everything that drift takes. */
  drift: (command: Command) => {
    command
      .argument("[file]", "the matrix; default: MATRIX_FILE, matrix.yaml or matrix.yml; - is standard input")
      .addOption(options.oneEnv())
      .addOption(options.snapshot())
      .addOption(options.format(driftFormatNames))
      .addOption(options.failOn())
      .addOption(
        new Option(
          "--as-of <date>",
          "the day or moment at which conditions and dates are judged; default: when the snapshot was read",
        ).argParser(parseAsOf),
      );
    command
      .option("--attribute", "say who made each undeclared grant, and when: reads audit logs")
      .addOption(
        new Option(
          "--log <file>",
          "a file of audit log entries for --attribute, instead of reading them; - is standard input; may be given several times",
        ).argParser(collect),
      )
      .addOption(
        new Option(
          "--applier <email>",
          "for --attribute, an identity that applies the matrix; may be given several times",
        ).argParser(collect),
      );
    return options.live(command);
  },
  snapshot: () =>
    // Whoever asks for members of groups, say, must not believe that they were looked at.
    new Option("--snapshot <file>", "judge this snapshot instead of reading; - is standard input").conflicts([
      "groups",
      "impersonateServiceAccount",
      "timeout",
    ]),
  /** What a comparison with live access takes besides, and no other. */
  live: (command: Command) => {
    command
      .option("--indirect", "list indirect ways to every service, not only to sensitive ones")
      .addOption(
        new Option(
          "--applied-hash <hash>",
          "the matrix_hash of the last apply, as [STACK=]HASH: what the next apply makes is pending, not drift",
        ).argParser(collect),
      )
      .addOption(
        new Option(
          "--state <file>",
          "a Terraform state, or terraform show -json of it: tells what is pending; - is standard input; may be given several times",
        ).argParser(collect),
      )
      .addOption(
        new Option(
          "--write-exceptions",
          "print an exception for each finding that fails the run, to be filled in",
        ).conflicts("format"),
      );
    return options.reading(command);
  },
} as const;

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1) throw new InvalidArgumentError("Write a whole number of seconds, like 600.");
  return seconds;
}

function parseAsOf(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined)
    throw new InvalidArgumentError("Write a date like 2027-01-31, or a timestamp like 2027-01-31T18:00Z.");
  return at;
}

function parseLast(text: string): Instant {
  parseAsOf(text);
  return parseEnd(text) ?? parseAsOf(text);
}

/** A second one would silently win over the first. */
function once(value: string, before: string | undefined): string {
  if (before !== undefined)
    throw new InvalidArgumentError("One environment is looked at: run the command once for each.");
  return value;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
