import type { DeclaredOutsider, DeclaredPool } from "../../drift/declared-federation.ts";
import type { DriftReport } from "../../drift/drift-report.ts";
import { liveFederation } from "../../drift/live-federation.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import type { ProviderRecord, Snapshot } from "../../snapshot/snapshot.ts";
import type { OutsideLack } from "./outside-answer.ts";
import type { Looked } from "./outside-judge.ts";

/** Whether the provider that takes an outsider's token is there, on, and takes it as the matrix plans. */
export function lookAtProvider(
  outsider: DeclaredOutsider,
  declared: DeclaredPool | undefined,
  { drift, snapshot }: { readonly drift: DriftReport; readonly snapshot: Snapshot },
): Looked {
  const { by } = outsider;
  // A Kubernetes account needs none; and without the number of the project nothing has a name.
  if (by.kind === "known" || declared?.name === undefined) return { lacks: [], unread: [] };
  const { pool, name } = declared;
  const project = `projects/${pool.project.id}`;
  const provider = declared.providers.find((each) => each.provider.id === by.provider.id)?.name ?? "";
  const live = liveFederation(snapshot);
  const found = live.poolOf(pool.project.id, name);
  if (found === "unread") return { lacks: [], unread: [{ what: "workload identity pools", resource: project }] };
  if (found === "absent") return { lacks: [off(outsider, `its pool ${name} does not exist`)], unread: [] };
  const closed = found.active ? [] : [off(outsider, `its pool ${name} is off`)];
  const record = live.providerOf(found, provider);
  if (record === "unread") return { lacks: closed, unread: [{ what: "providers", resource: name }] };
  if (record === "absent")
    return { lacks: [...closed, off(outsider, `its provider ${provider} does not exist`)], unread: [] };
  if (!record.active) return { lacks: [...closed, off(outsider, `its provider ${provider} is off`)], unread: [] };
  return {
    lacks: [...closed, ...differing(record, drift)],
    unread: isWhole(record) ? [] : [{ what: "mapping, audiences and keys", resource: provider }],
  };
}

function isWhole({ mapping, audiences, jwks }: ProviderRecord): boolean {
  return mapping !== undefined && audiences !== undefined && jwks !== undefined;
}

/** What drift says of it: a provider that was there before has a condition of its own, and that is no difference. */
function differing({ name }: ProviderRecord, { findings }: DriftReport): readonly OutsideLack[] {
  return findings
    .filter(({ rule, severity, resource }) => rule === "provider-differs" && severity !== "info" && resource === name)
    .map(({ message, fix }) => ({ kind: "differs", isSure: false, message, fix: fix ?? "correct the provider" }));
}

/** docs: /iam/docs/manage-workload-identity-pools-providers — what is deleted can be brought back for 30 days. */
function off({ by, isInForce }: DeclaredOutsider, message: string): OutsideLack {
  return {
    kind: "provider",
    isSure: true,
    message,
    fix: isInForce ? turnOn(by) : "renew an edge of it: synth turns its provider off while none holds",
  };
}

function turnOn(by: DeclaredOutsider["by"]): string {
  if (by.kind === "known") return "";
  const { pool, provider } = by;
  const place = ["--location=global", `--project=${pool.project.id}`];
  const group = ["gcloud", "iam", "workload-identity-pools"];
  const undelete = [
    shellCommand([...group, "undelete", pool.id, ...place]),
    shellCommand([...group, "providers", "undelete", provider.id, `--workload-identity-pool=${pool.id}`, ...place]),
  ].join(", and ");
  return provider.origin === "named"
    ? "turn on, or make, the pool and the provider that the matrix names"
    : `apply what matrix synth writes; what was deleted in the last 30 days first: ${undelete}`;
}
