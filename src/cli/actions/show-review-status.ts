import type { StatusFormatName } from "../../report/access-review/format-names.ts";
import type { Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments, readMatrix } from "../matrix-source.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { version } from "../version.ts";
import { checkOwner, historyOf } from "./start-review.ts";

interface Given {
  readonly env?: string;
  readonly owner?: string;
  readonly maxAge: number;
  readonly format?: StatusFormatName;
  readonly asOf?: Instant;
}

/** `matrix review status`: how far each owner is. Ends with 1 where a row waits. */
export async function showReviewStatus(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const validated = readMatrix(io, file, given.asOf ?? io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "review", exitCodes.usage.code);
  checkEnvironments(validated, given.env === undefined ? undefined : [given.env]);
  checkOwner(matrix, given.owner);
  const { buildReview, statusFormats } = await import("../../access-review/review.ts");
  const report = buildReview({
    matrix,
    name: validated.name,
    locate: validated.locate,
    environment: given.env,
    owner: given.owner,
    maxAge: given.maxAge,
    history: historyOf(io, file),
    live: null,
  });
  io.stdout.write(
    statusFormats[given.format ?? "text"](report, {
      color: color.stdout,
      width: io.stdout.width,
      quiet,
      verbose,
      version,
    }),
  );
  return report.summary.overdue > 0 ? exitCodes.findings.code : exitCodes.clean.code;
}
