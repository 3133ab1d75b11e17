import { InvalidArgumentError, Option } from "commander";
import { severities } from "../finding/severity.ts";
import { type Instant, parseInstant } from "../time/instant.ts";

/** Options that several commands share, so that each is spelled and explained once. */
export const options = {
  asOf: () =>
    new Option("--as-of <date>", "the day or moment at which the matrix is judged; default: now").argParser(parseAsOf),
  env: () => new Option("--env <name>", "only this environment; may be given several times").argParser(collect),
  format: (names: readonly string[]) =>
    new Option("--format <name>", "how the result is written").choices(names).default(names[0]),
  failOn: () =>
    new Option("--fail-on <severity>", "exit with 1 from this severity on").choices(severities).default("error"),
  collect,
} as const;

function parseAsOf(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined)
    throw new InvalidArgumentError("Write a date like 2027-01-31, or a timestamp like 2027-01-31T18:00Z.");
  return at;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
