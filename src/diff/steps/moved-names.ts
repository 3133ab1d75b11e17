import type { Account, Caller, Service } from "../../matrix/model/world.ts";
import type { DiffContext } from "./diff-context.ts";
import type { Sides } from "./sides.ts";
import type { WorldView } from "./world-view.ts";

/** A service or caller that stands, and what a change of its project does to it. */
export interface MovedName {
  readonly name: string;
  /** project: its rows sit in another one. agent: Identity-Aware Proxy calls it as another. stack: another state holds it. */
  readonly by: "agent" | "project" | "stack";
}

/** The services and callers that both versions have, and whose project is another, has another number, or another stack. */
export function movedNames({ before, after }: Sides, context: DiffContext): readonly MovedName[] {
  const services = [...(after.world?.services.values() ?? [])].flatMap((now): readonly MovedName[] => {
    const then = before.service(context.earlier(now.key));
    if (then === undefined || now.stage === "gone" || then.stage === "gone") return [];
    const name = now.key;
    if (then.project.id !== now.project.id) return hasRow(after, name) ? [{ name, by: "project" }] : [];
    const { number } = now.project;
    const isOther = number !== undefined && number !== then.project.number;
    if (isOther && now.iap !== undefined && now.stage !== "retiring") return [{ name, by: "agent" }];
    return stackOf(then) === stackOf(now) ? [] : [{ name, by: "stack" }];
  });
  const callers = [...(after.world?.callers.values() ?? [])].flatMap((now): readonly MovedName[] => {
    const then = before.world?.callers.get(context.earlier(now.key));
    return then === undefined || stackOf(then) === stackOf(now) ? [] : [{ name: now.key, by: "stack" }];
  });
  return [...services, ...callers];
}

/** The stacks that hold a name's rows and its account. Another account is a change of its own. */
function stackOf(name: Caller | Service): string {
  const account = (held: Account | undefined): string => (held?.source === "project" ? held.project.stack : "");
  return "project" in name ? `${name.project.stack} ${account(name.account)}` : account(name.account);
}

/** Whether anybody may call a service: what is said of its row matters only then. */
export function hasRow(view: WorldView, name: string): boolean {
  return view.isPublic(name) || view.service(name)?.iap !== undefined || view.hasCaller(name);
}
