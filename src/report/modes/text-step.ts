import type { Activity, RowMemberStep, RowPlace, RowStep, ServiceModes } from "../../modes/modes-report.ts";
import { isAsDeclared } from "../../modes/row-place.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";

/** So many members of one sign are named. */
const NAMED = 5;

interface StepOptions {
  /** Of the longest name. */
  readonly width: number;
  readonly isDetailed: boolean;
  readonly verbose: boolean;
  readonly paint: Paint;
}

/** Whether there is nothing to say of the next step of a service but its name. */
export function isQuietStep({ row, elsewhere }: ServiceModes): boolean {
  return elsewhere.length === 0 && (row?.places ?? []).every(isAsDeclared);
}

/** A service, what its next step does in its regions, and to whom. */
export function stepLines({ service, row, elsewhere }: ServiceModes, options: StepOptions): readonly string[] {
  const { width, paint } = options;
  const name = escapeTerminal(service).padEnd(width);
  const groups = row?.places === undefined ? [] : groupPlaces(row.places);
  const owners = elsewhere.map(
    (owner) => `    ${paint("warning", "!")} ${escapeTerminal(`another state has ${owner}`)}`,
  );
  if (row === undefined || groups.length === 0) return [`  ${name}`, ...owners];
  const [first, ...others] = groups.map(({ regions, place }) => {
    const where = groups.length === 1 ? "" : `${regions.join(", ")}: `;
    const members = options.isDetailed ? memberLines(place, row, options) : [];
    return [`${where}${phraseOf(place, row)}`, members] as const;
  });
  if (first === undefined) return [];
  return [
    `  ${name}  ${escapeTerminal(first[0])}`,
    ...first[1],
    ...others.flatMap(([phrase, members]) => [`  ${" ".repeat(width)}  ${escapeTerminal(phrase)}`, ...members]),
    ...owners,
  ];
}

interface Group {
  readonly regions: readonly string[];
  readonly place: RowPlace;
}

/** Regions in which the same happens are one. */
function groupPlaces(places: readonly RowPlace[]): readonly Group[] {
  const groups = new Map<string, { regions: string[]; place: RowPlace }>();
  for (const place of places) {
    const key = JSON.stringify({ ...place, region: "" });
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { regions: [place.region], place });
    else found.regions.push(place.region);
  }
  return [...groups.values()];
}

function phraseOf(place: RowPlace, { to }: RowStep): string {
  const { live, reason, adds, removes, conditional } = place;
  if (live === "unread") return `not read, so it is unknown whom enforce would remove (${reason})`;
  if (live === "absent") return "not deployed, so nobody is removed";
  const adding = adds.length === 0 ? [] : [`adds ${adds.length}`];
  const removing = removes.length === 0 ? [] : [`removes ${removes.length}`];
  const now = to === "enforce" ? [...removing, ...adding] : adding;
  const later = to === "enforce" || removes.length === 0 ? "" : `; enforce would then remove ${removes.length}`;
  const kept = conditional.length === 0 ? "" : `; ${conditional.length} with a condition`;
  const partly = live === "partial" ? `; maybe more, as not all of the row was read (${reason})` : "";
  return `${now.length === 0 ? "changes nothing now" : enumerateWords(now, "and")}${later}${kept}${partly}`;
}

function memberLines(
  { adds, removes, conditional }: RowPlace,
  { to }: RowStep,
  { verbose, paint }: StepOptions,
): readonly string[] {
  const rows: readonly (readonly ["+" | "-" | "?", readonly RowMemberStep[]])[] = [
    ["-", removes],
    ["+", adds],
    ["?", conditional],
  ];
  return rows.flatMap(([sign, members]) => {
    const shown = verbose || members.length <= NAMED + 1 ? members : members.slice(0, NAMED);
    const width = Math.max(0, ...shown.map(({ principal }) => escapeTerminal(principal).length));
    const style = sign === "+" ? "good" : sign === "-" && to === "enforce" ? "error" : "warning";
    return [
      ...shown.map((member) => {
        const note = noteOf(member, sign);
        const text = note === "" ? escapeTerminal(member.principal) : escapeTerminal(member.principal).padEnd(width);
        return `    ${paint(style, sign)} ${text}${note === "" ? "" : `  ${escapeTerminal(note)}`}`;
      }),
      ...(shown.length < members.length
        ? [paint("faint", `    ${sign} and ${members.length - shown.length} more; -v names all`)]
        : []),
    ];
  });
}

function noteOf({ names, activity }: RowMemberStep, sign: "+" | "-" | "?"): string {
  const who =
    names.length === 0 ? [] : [sign === "+" ? enumerateWords(names, "and") : `of ${enumerateWords(names, "and")}`];
  // hashicorp/google reads the policies of Cloud Run without conditions (getIamPolicy at version 1).
  const condition = sign === "?" ? ["has a condition, which Terraform cannot read: the apply may fail"] : [];
  return [...who, ...activityNote(activity), ...condition].join(", ");
}

function activityNote(activity: Activity): readonly string[] {
  switch (activity.known) {
    case "seen":
      return [`last authenticated ${activity.at.slice(0, 10)}`];
    case "none":
      return ["has not authenticated as far back as Google looks"];
    case "deleted":
      return ["deleted: it opens nothing"];
    case "unread":
      return [`when it last authenticated was not read (${activity.reason})`];
    case "not-asked":
    case "no-account":
      return [];
  }
}
