import type { DriftReport } from "../../drift/drift-report.ts";
import { describeHorizon } from "../access/describe-horizon.ts";
import { count } from "../../words/enumerate-words.ts";
import { type Folding, foldWords } from "../../words/fold-words.ts";

/** Something about how the report came about, that no verdict says: a word for it, and a line. To be escaped. */
export interface Note {
  readonly about: string;
  readonly text: string;
}

/** What a reader should know before believing a report. */
export function notes(report: DriftReport, options: Folding): readonly Note[] {
  const { snapshot, asOf } = report;
  const reader = snapshot.reader === null ? "" : ` by ${snapshot.reader}`;
  return [
    ...describeHorizon(report.horizon, options).map((text) => ({ about: "horizon", text })),
    ...roles(report, options),
    ...groups(report, options),
    ...Object.entries(snapshot.endpoints).map(([api, url]) => ({
      about: "endpoint",
      text: `${api} was read at ${url}, which received the token`,
    })),
    {
      about: "snapshot",
      text: `read ${snapshot.startedAt} to ${snapshot.finishedAt}${reader}, judged as of ${asOf}, SHA-256 ${snapshot.sha256}`,
    },
  ];
}

function roles({ builtInRoles }: DriftReport, options: Folding): readonly Note[] {
  const dates = new Set(builtInRoles.map(({ date }) => date));
  return [...dates].map((date) => {
    const names = builtInRoles.filter((each) => each.date === date).map(({ role }) => role);
    const number = count(names.length, "role was", "roles were");
    return { about: "roles", text: `${number} judged by the built-in table of ${date}: ${foldWords(names, options)}` };
  });
}

function groups({ unexpanded }: DriftReport, options: Folding): readonly Note[] {
  if (unexpanded.length === 0) return [];
  const number = count(
    unexpanded.length,
    "group is judged as one principal",
    "groups are judged as one principal each",
  );
  return [{ about: "groups", text: `${number}, members were not read: ${foldWords(unexpanded, options)}` }];
}
