import { clausesOf, type RawDocument, type RawFields, type RawProject } from "../synth/document.ts";
import { accepts, type Standing } from "./accepts.ts";
import { KEY_FILES } from "./arbitrary-outside.ts";
import { compactJson } from "./read-stack.ts";
import type { OutsideToken } from "./token.ts";

// What a generated document says of one environment, worked out as slowly as it likes.

export interface Meant {
  readonly name: string;
  readonly numbers: Readonly<Record<string, string>>;
  readonly callers: readonly MeantCaller[];
}

export interface MeantCaller {
  readonly key: string;
  readonly fields: RawFields;
  readonly standing: Standing;
  readonly email: string;
  /** Whether an edge of it holds. One without may find its provider switched off. */
  readonly mayCall: boolean;
  /** As admit.ts writes targets. */
  readonly targets: readonly string[];
}

export function meantIn(document: RawDocument, name: string): Meant {
  const projects = document.environments[name]?.projects ?? {};
  const callers = Object.entries(document.callers ?? {}).filter(([, fields]) => isHere(fields, name));
  return {
    name,
    numbers: Object.fromEntries(Object.values(projects).map(({ id, number }) => [id, String(number)])),
    callers: callers.map(([key, fields]) => {
      const { id } = projectOf(fields, projects);
      const account = (fields["account"] ?? {}) as Readonly<Record<string, string>>;
      const email = account["email"] ?? `${account["id"] ?? `${key}-sa`}@${id}.iam.gserviceaccount.com`;
      const holding = edgesOf(document, key);
      return {
        key,
        fields,
        standing: { project: id, keys: keysOf(fields) },
        email,
        mayCall: holding.length > 0,
        targets: holding.flatMap(({ callee, through }) => targetOf(document, callee, through, projects)),
      };
    }),
  };
}

/** The accounts that somebody may act as: those it must be, and those it can be, where the language leaves it open. */
export function expectedAccounts({ callers }: Meant, token: OutsideToken): Record<"must" | "can", ReadonlySet<string>> {
  const judged = callers.map((caller) => ({ ...caller, verdict: accepts(caller.fields, token, caller.standing) }));
  return {
    must: new Set(judged.filter(({ verdict, mayCall }) => verdict === true && mayCall).map(({ email }) => email)),
    can: new Set(judged.filter(({ verdict }) => verdict !== false).map(({ email }) => email)),
  };
}

/** What accounts may call, whoever acts as them. */
export function expectedTargets({ callers }: Meant, emails: readonly string[]): readonly string[] {
  const targets = callers.filter(({ email }) => emails.includes(email)).flatMap((caller) => caller.targets);
  return [...new Set(targets)].sort();
}

function isHere(fields: RawFields, name: string): boolean {
  return ((fields["environments"] ?? [name]) as readonly string[]).includes(name);
}

function projectOf(fields: RawFields, projects: Readonly<Record<string, RawProject>>): RawProject {
  const kind = Object.keys(fields).find((key) => key !== "environments" && key !== "account") ?? "";
  // What GitLab calls a project is none of ours.
  const alias = kind === "gitlab" ? undefined : (fields[kind] as Readonly<Record<string, string>>)["project"];
  const found = projects[alias ?? "core"];
  if (found === undefined) throw new Error(`no project ${alias}`);
  return found;
}

function keysOf(fields: RawFields): string | undefined {
  const details = Object.values(fields).find(
    (value): value is RawFields => typeof value === "object" && value !== null && "jwks" in value,
  );
  return details === undefined ? undefined : compactJson(KEY_FILES[String(details["jwks"])] ?? "");
}

function edgesOf(
  { trust = {} }: RawDocument,
  key: string,
): readonly { readonly callee: string; readonly through: boolean }[] {
  return Object.entries(trust).flatMap(([names, edge]) => {
    if (!names.startsWith(`${key} -> `)) return [];
    const [, callee = ""] = names.split(" -> ");
    const holding = clausesOf(edge).filter(({ expires }) => expires === undefined || expires >= "2026-11-22");
    return holding.map(({ through }) => ({ callee, through: through === "iap" }));
  });
}

function targetOf(
  { services }: RawDocument,
  callee: string,
  through: boolean,
  projects: Readonly<Record<string, RawProject>>,
): readonly string[] {
  const fields = services[callee] ?? {};
  if (fields["mode"] === "observe") return [];
  const place = `${projects[String(fields["project"] ?? "core")]?.id}/europe-west1/${callee}`;
  return [`${fields["kind"] === "job" ? "job" : "service"} ${place}${through ? " through iap" : ""}`];
}
