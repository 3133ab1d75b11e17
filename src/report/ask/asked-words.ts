import type { Asked } from "../../ask/answers.ts";
import { count } from "../../words/enumerate-words.ts";
import { foldWords, VERBOSE_HINT } from "../../words/fold-words.ts";
import { describeHorizon } from "../access/describe-horizon.ts";
import { describeUnread } from "../access/describe-unread.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";

/** What an answer stands on: `live when read at …`, `as declared on …`. To be escaped. */
export function standsOn({ live, asOf }: Asked): string {
  if (live === null) return `as declared, at ${asOf}`;
  const { finishedAt } = live.snapshot;
  return `live when read at ${finishedAt}${asOf === finishedAt ? "" : `, judged at ${asOf}`}`;
}

/** Whether all was read that the answer needs, as the last lines of it. */
export function completenessLines(asked: Asked, paint: Paint, verbose: boolean): readonly string[] {
  const { live, doubts, sets, besides, complete } = asked;
  if (live === null) return [];
  const aside = besides === 0 ? "" : `; ${count(besides, "read")} failed that it does not hang on`;
  const accepted = live.unread.filter((entry) => entry.accepted !== null);
  const exceptions = accepted.map((entry) => `${entry.resource} (exception ${entry.accepted})`);
  const except = exceptions.length === 0 ? "" : ` except ${foldWords(exceptions, { verbose, hint: VERBOSE_HINT })}`;
  const horizon = describeHorizon(live.horizon, { verbose, hint: VERBOSE_HINT }).map((line) =>
    paint("faint", escapeTerminal(line)),
  );
  if (!complete)
    return [
      ...doubts.map((entry) => `${paint("error", "not read:")} ${escapeTerminal(describeUnread(entry))}`),
      ...sets.map(
        (set) => `${paint("error", "not read:")} ${escapeTerminal(`who is in ${set}, on which an answer hangs`)}`,
      ),
      ...horizon,
      paint("error", escapeTerminal(`INCOMPLETE: what was not read may hold more${aside}`)),
    ];
  // Access may come from above, too: only of the scope can be said that all was read.
  const isWhole = live.horizon.every(({ read }) => read);
  const [where, there] = isWhole ? ["", ""] : [" inside the scope", " there"];
  return [
    ...horizon,
    paint(
      "faint",
      escapeTerminal(`complete${where}${except}: everything${there} that the answer hangs on was read${aside}`),
    ),
  ];
}
