import type { Change } from "../../diff/diff-report.ts";
import type { Json } from "../../diff/fact.ts";
import { onOrAt } from "../../words/brief.ts";
import { foldNames } from "./fold-names.ts";
import type { Say } from "./say.ts";
import { fieldOf, showValue } from "./show-value.ts";

/**
 * Where a service goes, by its projects: `moves billing to the project acme-b (from acme-a)`.
 * @param service its name, encoded; likewise below
 */
export function projectMoved(service: string, { before, after }: Change, say: Say): string {
  return `moves ${service} to the project ${say.name(showValue(after))} (from ${say.name(showValue(before))})`;
}

/** Where a service runs from now on: `moves`, where it leaves every region that it was in; else it gains and loses some. */
export function regionsMoved(service: string, { before, after }: Change, say: Say): string {
  const [was, is] = [namesOf(before), namesOf(after)];
  const gained = is.filter((each) => !was.includes(each));
  const lost = was.filter((each) => !is.includes(each));
  const list = (names: readonly string[]): string => foldNames(names, say.name);
  const regions = (names: readonly string[]): string => `the region${names.length === 1 ? "" : "s"} ${list(names)}`;
  if (lost.length === 0) return `adds ${regions(gained)} to ${service}`;
  if (gained.length === 0) return `removes ${regions(lost)} from ${service}`;
  if (gained.length === is.length && lost.length === was.length)
    return `moves ${service} to ${regions(gained)} (from ${list(lost)})`;
  return `adds ${regions(gained)} to ${service} and removes ${regions(lost)}`;
}

/** What becomes of a service: `retires billing on 2027-01-31`. */
export function stageChanged(service: string, { before, after }: Change, say: Say): string {
  const [was, is] = [before, after].map((value) => fieldOf(value, "stage") ?? showValue(value));
  const [earlier, date] = [before, after].map((value) => fieldOf(value, "retired"));
  const on = date === null || date === undefined ? "" : say.name(date);
  if (was === is) return `changes when ${service} is retired from ${say.name(earlier ?? "never")} to ${on || "never"}`;
  if (is === "retiring") return `retires ${service}${on === "" ? "" : ` ${onOrAt(on)}`}`;
  if (is === "gone") return `retires ${service} for good${on === "" ? "" : ` (${onOrAt(on)})`}`;
  if (is === "planned") return `only plans ${service} (${say.name(was ?? "")} before)`;
  if (is === "live" && was !== "planned") return `brings ${service} back (${say.name(was ?? "")} before)`;
  if (is === "live") return `makes ${service} live`;
  return `changes the stage of ${service} from ${say.name(was ?? "")} to ${say.name(is ?? "")}`;
}

function namesOf(value: Json): readonly string[] {
  if (value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]).map(showValue) : [showValue(value)];
}
