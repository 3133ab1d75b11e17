import type { JsonObject } from "../words/json.ts";
import type { RunSettings } from "./audit-entry.ts";
import { listIn, objectIn, textIn } from "./fields.ts";

const ingresses: Readonly<Record<string, string>> = {
  INGRESS_TRAFFIC_ALL: "all",
  INGRESS_TRAFFIC_INTERNAL_ONLY: "internal",
  INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: "internal-and-cloud-load-balancing",
  INGRESS_TRAFFIC_NONE: "none",
};

/** The paths of a mask of v2 that touch a setting that is kept. docs: run v2 `Service` */
const maskPaths: Readonly<Record<string, keyof RunSettings>> = {
  ingress: "ingress",
  invoker_iam_disabled: "invokerCheckDisabled",
  invokeriamdisabled: "invokerCheckDisabled",
  default_uri_disabled: "defaultUrlDisabled",
  defaulturidisabled: "defaultUrlDisabled",
  iap_enabled: "iapEnabled",
  iapenabled: "iapEnabled",
  template: "account",
  "template.service_account": "account",
  "template.serviceaccount": "account",
  "template.template.service_account": "account",
  "template.template.serviceaccount": "account",
};

/**
 * The settings that a request to create or change a service or job sets; null where it holds none. Nothing else of the
 * request is looked at: environment values stay where they are.
 * docs: run v2 `Service`, `Job`; run v1 `Service` and its list of annotations
 */
export function readSettings(payload: JsonObject): Partial<RunSettings> | null {
  const request = objectIn(payload, "request");
  const asked = ["service", "job"].find((name) => Object.hasOwn(request, name));
  const answered = objectIn(payload, "response");
  const isService = "template" in answered || "spec" in answered;
  const held = asked === undefined ? (isService ? answered : undefined) : objectIn(request, asked);
  if (held === undefined) return null;
  if ("spec" in held || "metadata" in held) return knative(held);
  const all = newer(held);
  const mask = maskOf(request);
  if (mask === null) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => mask.has(name)));
}

function knative(held: JsonObject): Partial<RunSettings> {
  const notes = objectIn(held, "metadata", "annotations");
  const note = (name: string): string | null => textIn(notes, `run.googleapis.com/${name}`);
  const pod = objectIn(held, "spec", "template", "spec");
  const account = textIn(pod, "serviceAccountName") ?? textIn(objectIn(pod, "template", "spec"), "serviceAccountName");
  return {
    ingress: note("ingress") ?? "all",
    invokerCheckDisabled: note("invoker-iam-disabled") === "true",
    defaultUrlDisabled: note("default-url-disabled") === "true",
    iapEnabled: note("iap-enabled") === "true",
    account: emailOf(account),
  };
}

function newer(held: JsonObject): RunSettings {
  const template = objectIn(held, "template");
  const ingress = textIn(held, "ingress");
  return {
    ingress: ingress === null || ingress === "INGRESS_TRAFFIC_UNSPECIFIED" ? "all" : (ingresses[ingress] ?? "unknown"),
    invokerCheckDisabled: held["invokerIamDisabled"] === true,
    defaultUrlDisabled: held["defaultUriDisabled"] === true,
    iapEnabled: held["iapEnabled"] === true,
    account: emailOf(textIn(template, "serviceAccount") ?? textIn(objectIn(template, "template"), "serviceAccount")),
  };
}

/** The settings that an update names; null where it names none, and so sets all. */
function maskOf(request: JsonObject): ReadonlySet<string> | null {
  const written = request["updateMask"];
  const paths =
    typeof written === "string"
      ? written.split(",")
      : (listIn(objectIn(request, "updateMask"), "paths") ?? []).filter((each) => typeof each === "string");
  if (paths.length === 0 || paths.includes("*")) return null;
  return new Set(paths.flatMap((path) => maskPaths[path.trim().toLowerCase()] ?? []));
}

/** Null for the default account of the project, which is the same as none. docs: /run/docs/securing/service-identity */
export function emailOf(account: string | null): string | null {
  const email = account?.slice(account.lastIndexOf("/") + 1).toLowerCase() ?? null;
  return email === null || /^\d+-compute@developer\.gserviceaccount\.com$/.test(email) ? null : email;
}
