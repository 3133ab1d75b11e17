import { parseMember } from "../access/member.ts";
import { serviceResource } from "../access/run-resource.ts";
import type { DriftFinding } from "../drift/drift-report.ts";
import { exceptionMatcher } from "../matrix/model/match-exception.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { InheritedAccess } from "../matrix/schema/generated/document.ts";
import { type Instant, parseEnd } from "../time/instant.ts";
import { principalsOf } from "./adopt-edges.ts";

// What a person gave a date stays over after it: adopt declares none of it again, and drift goes on saying that it is live.

/** Who had an edge, or a previous account with one, whose time is over. */
export function lapsedCallers(world: World, asOf: Instant): (principal: string, callee: string) => boolean {
  const lapsed = new Set<string>();
  // Who runs as the account of something retired calls for itself.
  const running = new Set(
    [...world.services.values()].flatMap(({ stage, account }) =>
      stage === "live" ? [parseMember(`serviceAccount:${account.email}`).principal] : [],
    ),
  );
  for (const { edge, why } of world.idle) {
    for (const principal of principalsOf(edge, world))
      if (why === "expired" || !running.has(principal)) lapsed.add(`${principal} ${edge.callee}`);
  }
  for (const { caller, callee } of world.holding) {
    for (const { email, end } of world.services.get(caller)?.previousAccounts ?? []) {
      if (isOver(end, asOf)) lapsed.add(`${parseMember(`serviceAccount:${email}`).principal} ${callee}`);
    }
  }
  return (principal, callee) => lapsed.has(`${principal} ${callee}`);
}

/** What the matrix says is gone, by resource, and no other service of it is. */
export function goneResources({ services }: World): ReadonlySet<string> {
  const [gone, there] = [new Set<string>(), new Set<string>()];
  for (const { kind, name, project, regions, stage } of services.values()) {
    for (const region of regions)
      (stage === "gone" ? gone : there).add(serviceResource(project.id, { kind, region, name }));
  }
  return new Set([...gone].filter((resource) => !there.has(resource)));
}

/** Whether a grant from above was declared until a day that is over. */
export function hasLapsedEntry(
  inherited: ReadonlyMap<string, InheritedAccess>,
  { principal, role, resource }: Pick<DriftFinding, "principal" | "resource" | "role">,
  asOf: Instant,
): boolean {
  return [...inherited].some(
    ([key, entry]) =>
      !key.startsWith("x-") &&
      entry.role === role &&
      resource !== null &&
      entry.at.includes(resource) &&
      isOver(parseEnd(entry.expires ?? ""), asOf) &&
      parseMember(entry.principal).principal === principal,
  );
}

/** What a finding is to the exceptions that might accept it. */
type Asked = Pick<DriftFinding, "principal" | "resource" | "role" | "services"> & {
  readonly rule: string;
  readonly caller?: string | undefined;
  readonly fingerprint?: string;
};

/** Whether an exception accepted a finding until a day that is over. */
export function lapsedExceptions(matrix: Matrix, environment: string): (finding: Asked) => boolean {
  const over = matrix.exceptions
    .filter(({ value }) => isOver(parseEnd(value.expires), matrix.asOf))
    .map(({ value }) => ({ rule: value.rule, matches: exceptionMatcher(value, matrix) }));
  return ({ rule, services, caller, principal, resource, role, fingerprint }) => {
    const subject = {
      environment,
      caller,
      principals: principal === null ? [] : [principal],
      resource: resource ?? undefined,
      role: role ?? undefined,
      fingerprint,
    };
    const subjects = services.length === 0 ? [subject] : services.map((service) => ({ ...subject, service }));
    return over.some((each) => each.rule === rule && subjects.every(each.matches));
  };
}

function isOver(end: Instant | undefined, asOf: Instant): boolean {
  return end !== undefined && asOf >= end;
}
