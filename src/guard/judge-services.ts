import { ingressWidth } from "../matrix/model/ingress-width.ts";
import { hasCheckOff, ingressTraffic } from "../synth/plan/plan-services.ts";
import type { DeclaredRow } from "./declared-access.ts";
import { type GuardContext, projectWhereabouts, shown } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { isWorkload, judgeRunAs } from "./judge-run-as.ts";
import { asValues, listOf, own, type PlanChange, type Values } from "./plan.ts";
import { readTarget } from "./read-target.ts";
import { hasTrue, isMarked } from "./resolved.ts";
import type { ValueResolver } from "./resolve-value.ts";

const parent = { level: "service", argument: "name" } as const;

/** What a plan makes of the services themselves: whether they ask who calls, from where, and as whom they run. */
export function* judgeService(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  const isCloudRun = /^google_cloud_run_(v2_)?\w+$/.test(change.type) && !change.type.includes("_iam_");
  if (change.isData || change.after === undefined || change.action === "forget") return;
  if (!isCloudRun && !isWorkload(change)) return;
  const target = readTarget(parent, (name) => context.resolver.after(change, name));
  const where = projectWhereabouts(target.project.text, context.declared);
  const id = where.kind === "inside" ? where.project : "";
  const resource = target.resource?.replace(/^projects\/[^/]+/, `projects/${id}`);
  const row = isService(change) && resource !== undefined ? context.declared.rows.get(resource) : undefined;
  yield* judgeRunAs(change, context, row);
  if (where.kind === "elsewhere" || !isCloudRun) return;
  const found: Found = {
    change,
    row,
    environments: where.kind === "inside" ? where.environments : [],
    resource: target.isSensitive ? null : (resource ?? null),
    name: row?.service.key ?? shown({ text: resource, isSensitive: target.isSensitive }, "a service"),
  };
  yield* judgeCheck(found);
  yield* judgeIngress(found, context);
}

interface Found {
  readonly change: PlanChange;
  readonly row: DeclaredRow | undefined;
  readonly environments: readonly string[];
  readonly resource: string | null;
  readonly name: string;
}

function isService({ type }: PlanChange): boolean {
  return type === "google_cloud_run_v2_service" || type === "google_cloud_run_service";
}

/** docs: /run/docs/authenticating/public */
const CHECK_OFF = "run.googleapis.com/invoker-iam-disabled";

type Setting = "on" | "off" | "unknown";

function* judgeCheck({ change, row, ...found }: Found): Iterable<GuardDraft> {
  const check = checkIn(change.after, change.afterUnknown);
  if (check === "on") return;
  if (row !== undefined && hasCheckOff(row.service)) return;
  const isCertain = check === "off";
  yield {
    change,
    rule: isCertain ? "plan-disables-invoker-check" : "plan-unknown-grant",
    certainty: isCertain ? "certain" : "unknown",
    already:
      isCertain && change.before !== undefined && change.action !== "replace" && checkIn(change.before, {}) === "off",
    environments: row === undefined ? found.environments : [row.world.environment.name],
    names: row === undefined ? [] : [row.service.key],
    principal: "allUsers",
    resource: found.resource,
    message: isCertain
      ? `turns the invoker check of ${found.name} off: everybody who reaches it may invoke it, whatever its policy says`
      : `may turn the invoker check of ${found.name} off: whether it does is known after apply only`,
    fix: `take ${change.type === "google_cloud_run_service" ? `the annotation ${CHECK_OFF}` : "invoker_iam_disabled"} out of ${change.address}; or declare the service public with via: no-invoker-check`,
    at: row?.service.declared.place,
  };
}

/** The argument of the second API, or the annotation of the first, which may be written "True". */
function checkIn(values: PlanChange["after"], unknown: unknown): Setting {
  if (values === undefined) return "on";
  if (isMarked(unknown, "invoker_iam_disabled")) return "unknown";
  const argument = own(values, "invoker_iam_disabled");
  if (argument === true || argument === "true") return "off";
  const metadata = asValues(firstOf(own(values, "metadata")));
  const annotations = [
    own(metadata, "annotations"),
    own(metadata, "effective_annotations"),
    own(values, "annotations"),
  ];
  const written = annotations.map((each) => own(asValues(each), CHECK_OFF));
  if (written.some((each) => each === true || (typeof each === "string" && /^(true|1)$/i.test(each)))) return "off";
  // Effective annotations are always computed, from those that are written.
  const marks = asValues(firstOf(own(asValues(unknown), "metadata")));
  const ofAnnotations = own(marks, "annotations");
  return ofAnnotations === true || hasTrue(own(asValues(ofAnnotations), CHECK_OFF)) ? "unknown" : "on";
}

/** The words of the language for what the second API and the provider write; the annotation of the first has the same ones. */
const wordOf: ReadonlyMap<string, string> = new Map(
  Object.entries(ingressTraffic).map(([word, written]) => [written, word]),
);

/** Google opens a service to all where nothing is said. docs: /run/docs/securing/ingress, "Default" */
const ALL = ingressWidth("all");

function* judgeIngress({ change, row, ...found }: Found, { resolver }: GuardContext): Iterable<GuardDraft> {
  if (row === undefined) return;
  const before = change.before === undefined || change.action === "replace" ? undefined : ingressIn(change.before);
  const after = ingressAfter(change, before, resolver);
  const wanted = ingressWidth(row.service.ingress);
  if (after !== undefined && after <= wanted) return;
  if (after === undefined && wanted === ALL) return;
  const of = {
    change,
    environments: [row.world.environment.name],
    names: [row.service.key],
    resource: found.resource,
    fix: `set the ingress of ${change.address} as the matrix has it; or change it there`,
    at: row.service.declared.place,
  };
  if (after === undefined)
    yield {
      ...of,
      rule: "plan-unknown-grant",
      certainty: "unknown",
      message: `may open ${row.service.key} to more of the network than ingress: ${row.service.ingress}, which the matrix says: what it opens it to is known after apply only`,
    };
  else
    yield {
      ...of,
      rule: "plan-widens-ingress",
      already: before !== undefined && before >= after,
      message: `opens ${row.service.key} to more of the network than ingress: ${row.service.ingress}, which the matrix says`,
    };
}

/** How wide a service will be open; undefined where that is not known. What an update leaves out stays. */
function ingressAfter(change: PlanChange, before: number | undefined, resolver: ValueResolver): number | undefined {
  const isFirst = change.type === "google_cloud_run_service";
  const written = resolver.afterAt(change, isFirst ? ["metadata", "annotations"] : ["ingress"]);
  if (written.isUnknown || written.isAssumed) return undefined;
  if (isFirst) return ingressIn(change.after ?? {});
  return written.text === undefined ? (before ?? ALL) : widthOf(written.text);
}

function ingressIn(values: Values): number {
  const annotations = asValues(own(asValues(firstOf(own(values, "metadata"))), "annotations"));
  const written = own(values, "ingress") ?? own(annotations, "run.googleapis.com/ingress");
  return typeof written === "string" ? widthOf(written) : ALL;
}

/** What Google calls in another way opens nothing: INGRESS_TRAFFIC_NONE. */
function widthOf(written: string): number {
  return ingressWidth(wordOf.get(written) ?? written);
}

/** Blocks are lists of one. */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? listOf(value)[0] : value;
}
