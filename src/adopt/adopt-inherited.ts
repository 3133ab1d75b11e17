import type { Level } from "../access/access.ts";
import { isDefaultAccount } from "../access/default-accounts.ts";
import { parseMember } from "../access/member.ts";
import { isServiceAgent } from "../access/service-agents.ts";
import type { DriftFinding, DriftReport } from "../drift/drift-report.ts";
import { adoptedReason, isAdopted, UNASSIGNED } from "../matrix/model/adopted-text.ts";
import type { InheritedAccess } from "../matrix/schema/generated/document.ts";
import type { Instant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { hasLapsedEntry } from "./lapsed-access.ts";
import type { MatrixDraft } from "./matrix-draft.ts";
import { callerNames } from "./name-callers.ts";
import { unprintable } from "../matrix/text/node-to-data.ts";
import { pickName } from "./pick-name.ts";

const MAX_PRINCIPAL = 1000;
/** A role and a resource stand in one reason, which has at most 2,000 characters. */
const MAX_TEXT = 900;

const levels: ReadonlySet<Level> = new Set(["project", "folder", "organization"]);

/**
 * Declares every grant from above that opens services, one entry for each principal and role. Those on a condition are
 * left to exceptions: an entry would stand for the grant without its condition as well.
 * @returns how many entries were added
 */
export function adoptInherited(draft: MatrixDraft, { findings }: DriftReport, seen: Instant): number {
  let added = 0;
  for (const finding of findings) {
    const { principal, role, resource } = finding;
    if (hasLapsedEntry(draft.inherited, finding, seen)) continue;
    if (!isInheritable(finding) || principal === null || role === null || resource === null) continue;
    const [key, entry] = entryFor(draft, principal, role) ?? [undefined, undefined];
    if (key !== undefined && entry !== undefined) {
      draft.inherited.set(key, { ...entry, at: [...new Set([...entry.at, resource])].sort(compareText) });
      continue;
    }
    const name = pickName(namesOf(principal, role), (each) => draft.inherited.has(each));
    draft.ensureOwner(UNASSIGNED);
    draft.inherited.set(name, {
      principal,
      role,
      at: [resource],
      owner: UNASSIGNED,
      reason: adoptedReason(seen, `granted by ${role} on ${resource}`),
    });
    draft.comment(draft.root, ["inherited", name], [finding.message]);
    added++;
  }
  return added;
}

function isInheritable({ rule, accepted, paths, principal, role, resource }: DriftFinding): boolean {
  const hop = paths[0]?.hops[0];
  return (
    rule === "undeclared-caller-inherited" &&
    accepted === null &&
    hop !== undefined &&
    levels.has(hop.level) &&
    hop.condition === null &&
    // What the language takes (schemas/matrix.schema.json, `inheritedAccess`).
    isText(principal, /^\S+:\S+$/, MAX_PRINCIPAL) &&
    isText(role, /^(roles|projects\/[a-z0-9.:-]+\/roles|organizations\/[0-9]+\/roles)\/[A-Za-z0-9_.]+$/) &&
    isText(resource, /^(projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]|(folders|organizations)\/[0-9]+)$/)
  );
}

function isText(text: string | null, form: RegExp, most = MAX_TEXT): boolean {
  return text !== null && text.length <= most && form.test(text) && !unprintable.test(text);
}

/** The entry that adopt wrote for a principal and role, wherever it stands. */
function entryFor(draft: MatrixDraft, principal: string, role: string): readonly [string, InheritedAccess] | undefined {
  return [...draft.inherited].find(
    ([key, entry]) =>
      !key.startsWith("x-") &&
      entry.role === role &&
      isAdopted(entry.reason) &&
      entry.expires === undefined &&
      parseMember(entry.principal).principal === principal,
  );
}

/** Takes back what adopt declared and is not there any more. */
export function dropInherited(draft: MatrixDraft, { findings }: DriftReport): void {
  for (const { rule, principal, role, resource } of findings) {
    if (rule !== "inherited-without-grant" || principal === null || role === null) continue;
    const [key, entry] = entryFor(draft, principal, role) ?? [undefined, undefined];
    if (key === undefined || entry === undefined) continue;
    const at = entry.at.filter((each) => each !== resource);
    if (at.length === 0) draft.inherited.delete(key);
    else draft.inherited.set(key, { ...entry, at });
  }
}

/** `ci` with `roles/run.developer` is `ci-run-developer`. */
function namesOf(principal: string, role: string): readonly string[] {
  const [, identity = principal] = /^[a-zA-Z]+:(.+)$/.exec(principal) ?? [];
  const [local = "", domain = ""] = identity.split("@");
  const short = role.split("/").at(-1) ?? role;
  // Accounts that Google made are named by what they are, as among the callers.
  const isGoogles = isDefaultAccount(identity) || isServiceAgent(identity);
  const names = isGoogles ? callerNames("serviceAccount", identity) : [local, `${local}-${domain.split(".")[0]}`];
  return names.map((name) => `${name}-${short}`);
}
