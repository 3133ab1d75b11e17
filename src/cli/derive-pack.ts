import { unknownApply } from "../drift/applied.ts";
import type { Recorded } from "../evidence/statement.ts";
import type { Sources } from "../evidence/source-tree.ts";
import { resolveDocument } from "../matrix/lock/resolve-document.ts";
import { validateMatrix, type ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { formatJson } from "../report/json/format-json.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { planStacks } from "../synth/plan/plan-stacks.ts";
import { parseInstant } from "../time/instant.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { pickWorld } from "./pick-world.ts";
import { usableMatrix } from "./usable-matrix.ts";
import { UsageError } from "./usage-error.ts";
import { version as own } from "./version.ts";

/** All that a pack is made of: the same inputs give the same bytes. */
export interface PackInput {
  readonly recorded: Recorded;
  readonly sources: Sources;
  readonly snapshot: Snapshot;
  /** Records by their names in the pack. */
  readonly approvals: ReadonlyMap<string, string>;
  /** Of the matrix that makes it; that of this program where it says none. */
  readonly version?: string;
}

/** What a pack comes to. */
export interface DerivedPack {
  /** Every file of it, but the manifest and its envelope. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly complete: boolean;
}

/**
 * Works a pack out from its inputs, when it is made and when it is verified.
 * @throws UsageError where the matrix in it has no definite meaning
 */
export async function derivePack({ version = own, ...input }: PackInput): Promise<DerivedPack> {
  const { recorded, sources, snapshot, approvals } = input;
  const evidence = await import("../evidence/evidence.ts");
  const { compareLive, driftFormats, reportedRules } = await import("../drift/drift.ts");
  const { askLive, buildGrid, renderPage } = await import("../page/page.ts");
  const asOf = parseInstant(recorded.asOf);
  const validated = asOf === undefined ? undefined : validateMatrix(evidence.sourceTree(sources), sources.root, asOf);
  if (validated === undefined || "problem" in validated) throw unusable(validated?.problem);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) throw unusable(undefined);
  const { name, locate } = validated;
  const world = pickWorld(matrix, recorded.environment);
  const report = compareLive({ matrix, name, world, snapshot, indirect: false, applied: unknownApply, locate });
  const grid = buildGrid({ matrix, name, world, locate, ...askLive(report, world, snapshot) });
  const terraform = await terraformOf(validated, matrix, recorded.environment);
  const { withoutTerraform } = terraform;
  const statement = evidence.buildStatement({
    recorded,
    snapshot,
    world,
    report,
    approvals,
    withoutTerraform,
    version,
  });
  const rules = reportedRules(matrix);
  const drift = driftFormats.json(report, {
    version,
    rules,
    failOn: "error",
    color: false,
    width: 80,
    quiet: false,
    verbose: false,
  });
  return {
    complete: report.complete,
    files: new Map<string, string | Uint8Array>([
      ["README.md", evidence.readmeText(version)],
      ...[...approvals].map(([file, text]) => [file, text] as const),
      ["criteria.json", orderedJson(evidence.criteriaFile())],
      ["criteria.md", evidence.criteriaMarkdown()],
      ["drift.json", drift],
      ["exceptions.json", orderedJson(evidence.exceptionsInForce(matrix, report))],
      ["matrix.json", formatJson(resolveDocument(matrix))],
      ["population.csv", evidence.populationCsv(grid)],
      ["report.html", renderPage({ grid, report, history: null, picture: null, version })],
      ["snapshot.json", `${canonicalJson(snapshot)}\n`],
      ...[...evidence.sourcesRead(sources, validated.files).files].map(
        ([file, bytes]) => [`sources/${file}`, bytes] as const,
      ),
      ["statement.json", orderedJson(statement)],
      ["statement.md", evidence.statementMarkdown(statement)],
      ...terraform.files,
    ]),
  };
}

type Matrix = NonNullable<ValidatedMatrix["matrix"]>;

async function terraformOf(
  { findings }: ValidatedMatrix,
  matrix: Matrix,
  environment: string,
): Promise<{
  readonly files: readonly (readonly [string, string])[];
  readonly withoutTerraform: string | null;
}> {
  const stopping = findings.find(({ stopsSynth }) => stopsSynth);
  if (stopping !== undefined) return { files: [], withoutTerraform: `synth refuses this matrix (${stopping.rule})` };
  const { synthesizeStacks } = await import("../synth/cdktf/synthesize-stacks.ts");
  const stacks = planStacks(matrix).filter((stack) => stack.environment === environment);
  const files = [...synthesizeStacks(stacks)].map(([file, text]) => [`terraform/${file}`, text] as const);
  return { files, withoutTerraform: null };
}

/** JSON with its keys in order, to be read. */
function orderedJson(value: unknown): string {
  const ordered: unknown = JSON.parse(canonicalJson(value));
  return formatJson(ordered);
}

function unusable(problem: string | undefined): UsageError {
  return new UsageError(`the matrix in the pack cannot be used${problem === undefined ? "" : `: ${problem}`}`);
}
