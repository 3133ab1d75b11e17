import { assembleCredentials } from "./assemble-credentials.ts";
import { type Baseline, countDown, stateOf } from "./baseline.ts";
import { canonicalValue } from "./canonical-value.ts";
import { collectSightings } from "./collect-sightings.ts";
import { identify, type IdScheme } from "./identify.ts";
import type { MatrixNames } from "./matrix-names.ts";
import { scrubber } from "./scrub.ts";
import type { Credential, SweepReport, Swept, Unread } from "./sweep-report.ts";
import type { TextFile } from "./text-file.ts";

export interface SweepRequest {
  /** Gives the texts, each time that it is called. */
  readonly load: () => Iterable<TextFile>;
  /** What is known of the reading once the texts were given. */
  readonly reading: () => { readonly swept: Swept; readonly unread: readonly Unread[] };
  readonly matrix: { readonly name: string; readonly names: MatrixNames } | undefined;
  readonly environment: string | undefined;
  readonly baseline: { readonly name: string; readonly content: Baseline } | undefined;
  /** How ids are made; undefined where none are shown. */
  readonly scheme: IdScheme | undefined;
}

/** Finds the credentials in some texts, groups them and holds them against matrix and baseline. */
export async function sweepTexts(request: SweepRequest): Promise<SweepReport> {
  const { sightings, broken } = await withoutValues(() => collectSightings(request.load));
  const drafts = assembleCredentials(sightings, request.matrix?.names);
  const ids =
    request.scheme === undefined
      ? []
      : await identify(
          drafts.map(({ value }) => value),
          request.scheme,
        );
  const credentials = drafts.map(({ credential }, index): Credential => {
    const id = ids[index] ?? null;
    return {
      number: index + 1,
      id,
      state: stateOf(id, credential.places, request.baseline?.content),
      ...credential,
    };
  });
  const { swept, ...reading } = request.reading();
  const unread = [...reading.unread, ...broken];
  const scrub = scrubber(sightings.flatMap(({ value }) => [value, canonicalValue(value)]));
  const clean = {
    ...swept,
    paths: swept.paths.map(scrub),
    live: swept.live.map(scrub),
    skipped: { ...swept.skipped, huge: swept.skipped.huge.map(scrub) },
  };
  return {
    complete: unread.length === 0,
    unread: unread.map((each) => ({ ...each, source: scrub(each.source), reason: scrub(each.reason) })),
    swept: clean,
    matrix: request.matrix === undefined ? null : scrub(request.matrix.name),
    environment: request.environment ?? null,
    baseline:
      request.baseline === undefined
        ? null
        : countDown(scrub(request.baseline.name), request.baseline.content, credentials, clean),
    credentials,
  };
}

/** An error of a library may quote the text that it is about: of one that nobody foresaw, only its place is kept. */
async function withoutValues<T>(collect: () => Promise<T>): Promise<T> {
  try {
    return await collect();
  } catch (error) {
    const clean = new Error("a text could not be swept");
    const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    clean.stack = ["Error: a text could not be swept", ...frames].join("\n");
    throw clean;
  }
}
