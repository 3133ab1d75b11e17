import { type Environment, findProject } from "../../matrix/model/environment.ts";
import { mergeCaller, projectAliasOf } from "../../matrix/model/resolve-caller.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Caller } from "../../matrix/model/world.ts";
import type { Json } from "../fact.ts";
import { jwksDigest } from "../../snapshot/jwks-digest.ts";
import { accountJson } from "./describe-account.ts";
import { given, inOrder, type JsonMap } from "./json.ts";

/** Kinds whose `project` is a path somewhere else, and stays as it is written. */
const foreignProjects: ReadonlySet<string> = new Set(["gitlab"]);

/** The files of keys of one version of a matrix. */
type KeyFiles = Matrix["keyFiles"];

/**
 * Who a caller is, resolved: its kind, the fields of the kind, and the member of a person, a group or a plain account. Whoever
 * holds another key mints other tokens, so a file of keys stands with its SHA-256.
 */
export function identityJson(caller: Caller, environment: Environment | undefined, keyFiles: KeyFiles): JsonMap {
  const merged = mergeCaller(caller.declared.value, environment?.name ?? "");
  const details = merged[caller.kind];
  if (typeof details === "string" || details === undefined) return { kind: caller.kind, principal: caller.principal };
  const { project: written, ...fields } = Object.fromEntries(
    Object.entries(details).filter(([key]) => !key.startsWith("x-")),
  ) as Readonly<Record<string, unknown>>;
  const project =
    foreignProjects.has(caller.kind) || environment === undefined
      ? inOrder(written)
      : findProject(environment, projectAliasOf(merged))?.id;
  const keys = "jwks" in fields && typeof fields["jwks"] === "string" ? keyFiles.get(fields["jwks"]) : undefined;
  return given({
    kind: caller.kind,
    project,
    ...((inOrder(fields) ?? {}) as JsonMap),
    jwksSha256: keys === undefined ? undefined : jwksDigest(keys),
  });
}

/** A caller that is new or gone, resolved. The fields of its kind stand under the kind, as the matrix writes them. */
export function callerJson(caller: Caller, environment: Environment | undefined, keyFiles: KeyFiles): Json {
  const { owner, description, labels, account, kind: ownKind } = caller;
  const { kind = null, principal, ...details } = identityJson(caller, environment, keyFiles);
  return given({
    kind,
    principal,
    ...(principal === undefined ? { [ownKind]: details } : {}),
    owner,
    description,
    labels: inOrder(labels),
    account: account === undefined || ownKind === "serviceAccount" ? undefined : accountJson(account),
  });
}
