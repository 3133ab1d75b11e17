import { resourcePath, type Row } from "./row.ts";
import { type Arguments, resourcesOf, type StackJson } from "./stack-json.ts";

const SERVICE = "google_cloud_run_v2_service";

/**
 * The rows of a stack, read from its JSON as Terraform would read it: references followed, templates evaluated. Knows
 * nothing of the matrix; what it does not understand is an error, not nobody.
 */
export function readRows(environment: string, stack: StackJson): readonly Row[] {
  const unchecked = new Set(
    resourcesOf(stack)
      .filter(({ type, args }) => type === SERVICE && args["invoker_iam_disabled"] === true)
      .map(({ args }) => resourcePath({ ...targetOf(stack, args), kind: "service" })),
  );
  return resourcesOf(stack).flatMap(({ type, args }): readonly Row[] => {
    const form = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/.exec(type);
    if (form === null) return [];
    const target = { ...targetOf(stack, args), kind: form[1] as Row["kind"] };
    const members =
      form[2] === "binding"
        ? ({ mode: "enforce", principals: membersOf(stack, args) } as const)
        : ({ mode: "add", principals: instancesOf(stack, args) } as const);
    const isUnchecked = unchecked.delete(resourcePath(target));
    return [{ environment, ...target, role: text(args, "role"), ...members, isUnchecked }];
  });
}

function membersOf(stack: StackJson, args: Arguments): readonly string[] {
  return (args["members"] as readonly string[]).map((member) => evaluate(stack, member));
}

/** One member for each entry of for_each. */
function instancesOf(stack: StackJson, args: Arguments): readonly string[] {
  if (args["member"] !== "${each.value}")
    throw new Error(`a member that is not of its for_each: ${text(args, "member")}`);
  return Object.entries(args["for_each"] as Readonly<Record<string, string>>).map(([key, value]) => {
    const member = evaluate(stack, value);
    if (literal(key) !== member) throw new Error(`${key} is the key of ${member}`);
    return member;
  });
}

function targetOf(stack: StackJson, args: Arguments): Pick<Row, "name" | "project" | "region"> {
  const read = (key: string): string => evaluate(stack, text(args, key));
  return { project: read("project"), region: read("location"), name: read("name") };
}

/** The value of a template that is either one reference or text. */
function evaluate(stack: StackJson, template: string): string {
  const reference = /^\$\{([a-z0-9_]+)\.([a-z0-9_-]+)\.([a-z_]+)\}$/.exec(template);
  if (reference === null) return literal(template);
  const [, type = "", name = "", attribute = ""] = reference;
  const args = stack.resource?.[type]?.[name];
  if (args === undefined) throw new Error(`${template} refers to nothing`);
  if (type === "google_service_account" && attribute === "member")
    return `serviceAccount:${text(args, "account_id")}@${text(args, "project")}.iam.gserviceaccount.com`;
  if (type === SERVICE && attribute === "name") return evaluate(stack, text(args, "name"));
  throw new Error(`what ${template} is, is not known before the apply`);
}

/** The text that a template without interpolation stands for. */
function literal(template: string): string {
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(template)) throw new Error(`${template} is no plain text`);
  return template.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}

function text(args: Arguments, key: string): string {
  const value = args[key];
  if (typeof value !== "string") throw new Error(`${key} is ${JSON.stringify(value)}, not text`);
  return value;
}
