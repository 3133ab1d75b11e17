/** Where a resource stands in a state. */
export interface ResourceAddress {
  /** As Terraform writes it, with module path and instance keys: `module.run["eu"].google_service_account.api[0]`. */
  readonly address: string;
  /** The block of the configuration that it comes from: the same without any key. */
  readonly block: string;
}

/** Names of modules, types and resources (developer.hashicorp.com/terraform/language/syntax/configuration, identifiers). */
const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
/** A key as Terraform prints it: a number, or a quoted text without a character that nobody sees. */
const KEY = String.raw`\[(?:\d+|"(?:(?!["\\])[\p{L}\p{M}\p{N}\p{P}\p{S} ]|\\(?:[nrt"\\]|u[0-9a-f]{4}|U[0-9a-f]{8}))*")\]`;
const nameForm = new RegExp(`^${NAME}$`, "u");
const stepForm = new RegExp(String.raw`module\.(${NAME})(${KEY})?(?:\.(?=m)|$)`, "uy");

/**
 * The address of an instance of a resource, from its parts as a state has them; undefined where they are none that
 * Terraform writes.
 * @param module the path of its module, empty for the root
 * @param index the key of for_each, the number of count, or nothing
 */
export function resourceAddress(
  module: string,
  type: string,
  name: string,
  index: unknown,
): ResourceAddress | undefined {
  const path = withoutKeys(module);
  const key = instanceKey(index);
  if (path === undefined || key === undefined || !nameForm.test(type) || !nameForm.test(name)) return undefined;
  const resource = `${type}.${name}`;
  return {
    address: `${module === "" ? "" : `${module}.`}${resource}${key}`,
    block: [...path, resource].join("."),
  };
}

/** The steps of a module path without their keys: `module.run`, `module.api`. */
function withoutKeys(module: string): readonly string[] | undefined {
  const steps: string[] = [];
  stepForm.lastIndex = 0;
  for (let at = 0; at < module.length; at = stepForm.lastIndex) {
    const step = stepForm.exec(module);
    if (step === null) return undefined;
    steps.push(`module.${step[1] ?? ""}`);
  }
  return steps;
}

function instanceKey(index: unknown): string | undefined {
  if (index === undefined || index === null) return "";
  if (typeof index === "number") return Number.isSafeInteger(index) && index >= 0 ? `[${index}]` : undefined;
  return typeof index === "string" ? `[${quoteKey(index)}]` : undefined;
}

/** A text as Terraform quotes it in addresses (hashicorp/terraform, internal/addrs/instance_key.go). */
function quoteKey(text: string): string {
  const escaped = text
    .replaceAll(/["\\]/g, (sign) => `\\${sign}`)
    .replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeCharacter);
  return `"${escaped}"`;
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return short[character] ?? (code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`);
}
