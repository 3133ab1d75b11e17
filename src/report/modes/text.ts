import type { EnvironmentModes, ModesReport, ServiceModes } from "../../modes/modes-report.ts";
import type { Mode } from "../../matrix/schema/generated/document.ts";
import { count } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { textAccounts } from "./text-accounts.ts";
import type { ModesFormatOptions, ModesFormatter } from "./modes-format.ts";
import { isQuietStep, stepLines } from "./text-step.ts";
import { wrapNames } from "./wrap-names.ts";

/** So many services of one mode are shown with the members that the next step adds and removes. */
const DETAILED = 20;

/** From the least enforced to the most: what is left to do comes first. */
const order: readonly Mode[] = ["observe", "add", "enforce"];

/** For people: how far each environment is, and what one step up would do to each service. */
export const text: ModesFormatter = (report, options) => {
  const paint = painter(options.color);
  const sections = report.environments.map((environment) => environmentLines(environment, report, paint, options));
  const hint = options.quiet ? undefined : hintOf(report);
  return [
    ...sections.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])),
    ...(hint === undefined ? [] : ["", paint("faint", hint)]),
  ]
    .map((line) => `${line}\n`)
    .join("");
};

/** How to learn more than this report says. */
function hintOf({ snapshot, environments }: ModesReport): string | undefined {
  if (snapshot === null && environments.length > 0)
    return "--snapshot FILE says what the next step would do; matrix snapshot --activity makes one";
  const removed = environments.flatMap(({ services }) =>
    services.flatMap(({ row }) => (row?.places ?? []).flatMap(({ removes }) => removes)),
  );
  return removed.some(({ activity }) => activity.known === "not-asked")
    ? "a snapshot of matrix snapshot --activity says when these accounts last authenticated"
    : undefined;
}

function environmentLines(
  { environment, summary, services }: EnvironmentModes,
  { snapshot }: ModesReport,
  paint: Paint,
  options: ModesFormatOptions,
): readonly string[] {
  const seen = snapshot === null ? "" : `, with the snapshot of ${snapshot.finishedAt}`;
  const { enforce, add, observe } = summary;
  const title = `${environment}: ${enforce} enforce, ${add} add, ${observe} observe${seen}`;
  if (options.quiet) return [escapeTerminal(title)];
  return [
    paint("strong", escapeTerminal(title)),
    ...order.flatMap((mode) => groupLines(mode, services, paint, options)),
    ...textAccounts(services, paint, options),
  ];
}

/** The services of one mode: first those to which the next step does something, then the others by name only. */
function groupLines(
  mode: Mode,
  all: readonly ServiceModes[],
  paint: Paint,
  options: ModesFormatOptions,
): readonly string[] {
  const services = all.filter((service) => service.mode === mode);
  const [first] = services;
  if (first === undefined) return [];
  const loud = services.filter((service) => !isQuietStep(service));
  const silent = services.filter(isQuietStep);
  const next = services.find(({ row }) => row !== undefined)?.row?.to;
  const isDetailed = options.verbose || loud.length <= DETAILED;
  const width = Math.max(0, ...loud.map(({ service }) => service.length));
  return [
    "",
    paint("strong", titleOf(mode, services, next)),
    ...loud.flatMap((service) => stepLines(service, { width, isDetailed, verbose: options.verbose, paint })),
    ...(isDetailed ? [] : [paint("faint", "  -v names the members")]),
    ...silentLines(silent, loud.length > 0, options),
  ];
}

function titleOf(mode: Mode, services: readonly ServiceModes[], next: Mode | undefined): string {
  const number = count(services.length, "service");
  if (mode !== "enforce") return `${mode}${next === undefined ? "" : ` -> ${next}`} (${number})`;
  const open = services.filter(({ row }) => row !== undefined).length;
  return `enforce (${number}${open === 0 ? "" : `, ${open} of them not as declared before the next apply`})`;
}

function silentLines(
  services: readonly ServiceModes[],
  hasOthers: boolean,
  options: ModesFormatOptions,
): readonly string[] {
  const isKnown = services.some(({ row }) => row?.places !== undefined);
  const still = services.filter(({ stage }) => stage === "live");
  const planned = services.filter(({ stage }) => stage === "planned");
  const retiring = services.filter(({ stage }) => stage === "retiring");
  const label = isKnown ? "changes nothing: " : hasOthers ? "others: " : "";
  return [
    ...wrapNames(label, still, options),
    ...wrapNames("planned, no row yet: ", planned, options),
    ...wrapNames("retiring: ", retiring, options),
  ];
}
