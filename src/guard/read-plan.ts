import { stripVTControlCharacters } from "node:util";
import type { PlanAction } from "./guard-report.ts";
import { asValues, listOf, own, type PlanChange, type TerraformPlan, textOr, type Values } from "./plan.ts";

/** Why a text is no plan that can be judged, and what to do. */
export interface PlanProblem {
  readonly problem: string;
  readonly help: string;
}

const HOW = "make one with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json";

/** What `>` of Windows PowerShell writes is UTF-16. docs: learn.microsoft.com, about_Character_Encoding */
const POWERSHELL =
  'PowerShell writes it with >; write: terraform show -json plan.bin | Out-File -Encoding utf8 plan.json, or: cmd /c "terraform show -json plan.bin > plan.json"';

/** Sentences of `terraform plan`, and of OpenTofu's. */
const textPlan =
  /\b(?:Terraform|OpenTofu) (?:will perform the following actions|used the selected providers)|^[^\w\n]*(?:No changes\.|Plan: \d+ to (?:add|import))/m;

/**
 * Reads what `terraform show -json PLANFILE` prints.
 * @param name what problems call it
 * docs: developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(text: string, name: string): TerraformPlan | PlanProblem {
  // Windows' shells put a mark before what they redirect.
  const json = parse(text.replace(/^\uFEFF/, ""));
  if (json === undefined) return otherText(text, name);
  const kind = otherKind(json);
  if (kind !== undefined) return { problem: `${name} is ${kind}, not a plan`, help: HOW };
  if (!/^[01]\.\d+$/.test(textOr(json["format_version"])))
    return {
      problem: `${name} has a format version that matrix does not know`,
      help: "update matrix, or show the plan with Terraform 1.x",
    };
  if (json["errored"] === true)
    return {
      problem: `${name} is a plan that ended in an error, so it does not say all`,
      help: "repair it, and plan again",
    };
  const changes = changesIn(json);
  const missing = changes === undefined ? "a resource change that Terraform does not write" : missingIn(json, changes);
  if (changes === undefined || missing !== undefined)
    return { problem: `${name} is not a whole plan: it has ${missing ?? "odd changes"}`, help: HOW };
  const configuration = asValues(json["configuration"]);
  return {
    terraformVersion: typeof json["terraform_version"] === "string" ? json["terraform_version"] : null,
    isOurs: hasHash(json, configuration),
    isWhole: json["complete"] !== false,
    changes,
    byAddress: new Map(changes.filter(({ isDeposed }) => !isDeposed).map((change) => [change.address, change])),
    read: new Map(resourcesUnder(asValues(json["prior_state"])["values"]).map((each) => [each.address, each])),
    variables: valuesOfVariables(asValues(json["variables"])),
    configuration,
  };
}

function parse(text: string): Values | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? asValues(json) : undefined;
  } catch {
    return undefined;
  }
}

/** What is no JSON. UTF-16 has a NUL in or beside every letter of JSON, and UTF-8 has none. */
function otherText(text: string, name: string): PlanProblem {
  if (text.replace(/^\uFEFF/, "").trim() === "") return { problem: `${name} is empty`, help: HOW };
  if (!text.startsWith("PK") && /^\uFFFD{0,2}\0?[^\0]\0/.test(text))
    return { problem: `${name} is UTF-16, not UTF-8`, help: POWERSHELL };
  return { problem: `${name} is no plan in JSON${guessText(text)}`, help: HOW };
}

/** What a text may be instead. Saved plans are archives, which begin with PK. */
function guessText(text: string): string {
  if (text.startsWith("PK")) return ": it looks like the saved plan itself, which is an archive";
  if (text.startsWith('{"@level"'))
    return ": it looks like the log of terraform plan -json, which does not hold the plan";
  if (textPlan.test(stripVTControlCharacters(text.slice(0, 100_000))))
    return ": it looks like what terraform plan prints for people; the JSON of a saved plan comes from terraform show -json";
  if (/^\s*(terraform|resource|module|provider|variable|data|output)\b/m.test(text.slice(0, 10_000)))
    return ": it looks like configuration";
  return "";
}

function otherKind(json: Values): string | undefined {
  const isPlan = "planned_values" in json || "resource_changes" in json;
  if (isPlan && "format_version" in json) return undefined;
  if (json["version"] === 4 && "resources" in json) return "a Terraform state";
  if ("@level" in json) return "the log of terraform plan -json";
  if ("format_version" in json)
    return "values" in json ? "a Terraform state as terraform show -json prints it" : "something else of Terraform";
  return "resource" in json || "terraform" in json ? "configuration" : "other JSON";
}

const actions: Readonly<Record<string, PlanAction>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
  "forget,create": "replace",
};

/** Undefined where one cannot be read: what is passed over would look harmless. */
function changesIn(json: Values): readonly PlanChange[] | undefined {
  const changes: PlanChange[] = [];
  const deferred = listOf(json["deferred_changes"]).map((each) => asValues(each)["resource_change"]);
  for (const written of [...listOf(json["resource_changes"]), ...deferred]) {
    const resource = asValues(written);
    const change = asValues(resource["change"]);
    const action = own(actions, listOf(change["actions"]).join());
    const { address, type } = resource;
    if (typeof address !== "string" || typeof type !== "string" || action === undefined) return undefined;
    changes.push({
      ...placeOf(resource),
      address,
      type,
      isDeposed: typeof resource["deposed"] === "string",
      // The table holds actions only.
      action: action as PlanAction,
      before: valuesOr(change["before"]),
      after: valuesOr(change["after"]),
      afterUnknown: change["after_unknown"],
      beforeSensitive: change["before_sensitive"],
      afterSensitive: change["after_sensitive"],
    });
  }
  return changes;
}

function placeOf(resource: Values): Pick<PlanChange, "index" | "isData" | "module" | "name"> {
  const { index } = resource;
  return {
    module: textOr(resource["module_address"]),
    name: textOr(resource["name"]),
    index: typeof index === "string" || typeof index === "number" ? index : undefined,
    isData: resource["mode"] === "data",
  };
}

function valuesOr(value: unknown): Values | undefined {
  return typeof value === "object" && value !== null ? asValues(value) : undefined;
}

/** Resources that the plan says will be there, and of which it says no change: Terraform lists every one. */
function missingIn(json: Values, changes: readonly PlanChange[]): string | undefined {
  const listed = new Set(changes.map(({ address }) => address));
  const missing = resourcesUnder(json["planned_values"]).find(({ address, isData }) => !isData && !listed.has(address));
  return missing === undefined ? undefined : "planned values of a resource without its change";
}

/** The resources of a tree of values, as things that stand as they are. */
function resourcesUnder(values: unknown): readonly PlanChange[] {
  // Modules are nested as deep as whoever wrote the file likes.
  const modules = [asValues(asValues(values)["root_module"])];
  const found: PlanChange[] = [];
  for (const module of modules) {
    for (const each of listOf(module["resources"])) {
      const resource = asValues(each);
      const after = asValues(resource["values"]);
      found.push({
        ...placeOf({ ...resource, module_address: module["address"] }),
        address: textOr(resource["address"]),
        type: textOr(resource["type"]),
        isDeposed: false,
        action: "no-op",
        before: after,
        after,
        afterUnknown: {},
        beforeSensitive: resource["sensitive_values"],
        afterSensitive: resource["sensitive_values"],
      });
    }
    for (const child of listOf(module["child_modules"])) modules.push(asValues(child));
  }
  return found;
}

function valuesOfVariables(variables: Values): Values {
  return Object.fromEntries(Object.entries(variables).map(([name, each]) => [name, asValues(each)["value"]]));
}

/** The output that matrix writes into each of its stacks. */
const HASH = "matrix_hash";

function hasHash(json: Values, configuration: Values): boolean {
  const places = [
    asValues(configuration["root_module"])["outputs"],
    asValues(json["planned_values"])["outputs"],
    asValues(asValues(asValues(json["prior_state"])["values"]))["outputs"],
    json["output_changes"],
  ];
  return places.some((outputs) => HASH in asValues(outputs));
}
