import type { Asked } from "../../ask/answers.ts";
import { count } from "../../words/enumerate-words.ts";
import { foldWords, VERBOSE_HINT } from "../../words/fold-words.ts";
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
  const { live, doubts, besides } = asked;
  if (live === null) return [];
  const aside = besides === 0 ? "" : `; ${count(besides, "read")} failed that it does not hang on`;
  const accepted = live.unread.filter((entry) => entry.accepted !== null);
  const exceptions = accepted.map((entry) => `${entry.resource} (exception ${entry.accepted})`);
  const except = exceptions.length === 0 ? "" : ` except ${foldWords(exceptions, { verbose, hint: VERBOSE_HINT })}`;
  if (doubts.length === 0)
    return [paint("faint", escapeTerminal(`complete${except}: everything that the answer hangs on was read${aside}`))];
  return [
    ...doubts.map((entry) => `${paint("error", "not read:")} ${escapeTerminal(describeUnread(entry))}`),
    paint("error", escapeTerminal(`INCOMPLETE: what was not read may hold more${aside}`)),
  ];
}
