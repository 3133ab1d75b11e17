import { allRemovedBlocks } from "../state/removed-blocks.ts";
import type { TerraformState } from "../state/read-terraform-state.ts";
import { exceptionEnd } from "../matrix/model/adopted-text.ts";
import { compareText } from "../words/compare-text.ts";
import type { Adoption } from "./adopt-snapshot.ts";
import type { Elsewhere } from "./elsewhere.ts";

/** What adopting did, for a person or a program to read. Everything is in order of its name. */
export interface AdoptReport {
  readonly environment: string;
  /** Whether everything in the scope of the snapshot was read. */
  readonly complete: boolean;
  readonly unread: readonly { readonly what: string; readonly resource: string; readonly reason: string }[];
  /** What was found, as it stands in the matrix now. */
  readonly found: {
    readonly services: number;
    /** Services whose rows Terraform imports and enforces. */
    readonly importable: number;
    readonly callers: number;
  };
  /** What was written that was not there before. */
  readonly added: {
    readonly services: readonly string[];
    readonly callers: readonly string[];
    readonly sets: readonly string[];
    readonly edges: number;
    readonly inherited: number;
    readonly exceptions: number;
  };
  readonly changed: readonly { readonly service: string; readonly fields: readonly string[] }[];
  /** Services whose rows Terraform cannot hold exactly as they are, and why. */
  readonly observed: readonly { readonly service: string; readonly why: readonly string[] }[];
  /** The same of services that Terraform is given, since the matrix says so already. */
  readonly contested: readonly { readonly service: string; readonly why: readonly string[] }[];
  /** Services of the matrix of which something was not read: they stand as they did. */
  readonly left: readonly string[];
  /** What runs and the language has no name for: it is not in the matrix, and drift goes on saying so. */
  readonly unsayable: readonly string[];
  /** Services of the matrix that are not there. */
  readonly absent: readonly string[];
  /** Edges that a person wrote and that are not there. */
  readonly kept: readonly string[];
  /** Callers written as service accounts, who acts as them from outside, and by which roles. */
  readonly outsiders: readonly {
    readonly caller: string;
    readonly members: readonly string[];
    readonly roles: readonly string[];
  }[];
  /** The other states that were given, and how many of their resources manage something of these services. */
  readonly states: readonly { readonly state: string; readonly resources: number; readonly concerned: number }[];
  /** The last day of the exceptions that were written; null where there are none. */
  readonly exceptionsEnd: string | null;
  /** Errors that validate finds in what was written. */
  readonly errors: number;
  /** Errors that drift goes on finding: nothing accepts them before a person has judged. */
  readonly open: number;
  /** What the owners of other states add to let go, as HCL; empty where no state was given, or none is concerned. */
  readonly removedBlocks: string;
  /** False where it was only asked what would change. */
  readonly written: boolean;
  /** The files of the matrix, and whether each was changed, or would be. */
  readonly files: readonly { readonly file: string; readonly changed: boolean }[];
}

interface Written {
  readonly states: readonly TerraformState[];
  readonly elsewhere: Elsewhere;
  readonly errors: number;
  readonly written: boolean;
  readonly files: AdoptReport["files"];
}

export function adoptReport(adoption: Adoption, { states, elsewhere, errors, written, files }: Written): AdoptReport {
  const { report, found, services, matrix, unfit } = adoption;
  const world = matrix.worlds.find(({ environment }) => environment.name === report.environment);
  const concerned = elsewhere.concerned(found);
  return {
    environment: report.environment,
    complete: report.complete,
    unread: report.unread
      .filter(({ accepted }) => accepted === null)
      .map(({ what, resource, reason }) => ({ what, resource, reason })),
    found: {
      services: found.length,
      importable: found.filter(({ key }) => world?.services.get(key)?.mode === "enforce").length,
      callers: world?.callers.size ?? 0,
    },
    added: {
      services: services.added,
      callers: adoption.callers.toSorted(compareText),
      sets: adoption.sets.toSorted(compareText),
      edges: adoption.edges,
      inherited: adoption.inherited,
      exceptions: adoption.exceptions,
    },
    changed: services.changed,
    observed: unfit.filter(({ mode }) => mode === "observe").map(withoutMode),
    contested: unfit.filter(({ mode }) => mode !== "observe").map(withoutMode),
    left: adoption.left,
    unsayable: adoption.unsayable,
    absent: services.absent,
    kept: adoption.kept.map(({ caller, callee }) => `${caller} -> ${callee}`).sort(compareText),
    outsiders: adoption.outsiders.toSorted((a, b) => compareText(a.caller, b.caller)),
    errors,
    open: report.findings.filter(
      ({ severity, accepted, rule }) => severity === "error" && accepted === null && rule !== "not-readable",
    ).length,
    states: states.map(({ name, resources }) => ({
      state: name,
      resources: resources.length,
      concerned: concerned.filter(({ stateName }) => stateName === name).length,
    })),
    exceptionsEnd: adoption.exceptions > 0 ? exceptionEnd(matrix.asOf) : null,
    removedBlocks: allRemovedBlocks(states, concerned),
    written,
    files,
  };
}

function withoutMode({ service, why }: Adoption["unfit"][number]): AdoptReport["observed"][number] {
  return { service, why };
}
