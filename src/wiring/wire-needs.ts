import { needsOf } from "../callers/caller-of.ts";
import type { Need } from "../callers/setting.ts";
import type { Caller } from "../matrix/model/world.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import type { WiredNeed } from "./wiring-report.ts";

/** What a caller needs beside its place in rows: what `matrix synth` makes, and what somebody does by hand. */
export function wireNeeds(caller: Caller, numbers: ReadonlyMap<string, string>): readonly WiredNeed[] {
  const { home } = caller;
  const number = home === undefined ? undefined : (home.number ?? numbers.get(home.id));
  const numbered = home === undefined ? caller : { ...caller, home: { ...home, number } };
  return needsOf(numbered).map((need) => {
    const member = typeof need.member === "string" ? caller.principal : need.member.principal;
    const on = need.on === "project" ? (home?.id ?? "PROJECT") : (caller.account?.email.toLowerCase() ?? "EMAIL");
    const { by, role, when } = need;
    return { by, role, member, on, when, command: by === "synth" ? null : grantCommand(need, member, on) };
  });
}

/** Without a condition, said outright: gcloud asks where the policy has one. */
function grantCommand({ on, role }: Pick<Need, "on" | "role">, member: string, resource: string): string {
  const group = on === "project" ? ["projects"] : ["iam", "service-accounts"];
  const what = ["--member", member, "--role", role, "--condition", "None"];
  return shellCommand(["gcloud", ...group, "add-iam-policy-binding", resource, ...what]);
}
