import { Environment } from "@marcbachmann/cel-js";

// Google's dialect of CEL: what attribute mappings and conditions of a provider are written in.
// docs: iam/docs/workload-identity-federation, "Attribute mappings" and "Attribute conditions"

/** What an expression may speak of. `assertion` is what the token holds, the rest what it was mapped to. */
export interface CelScope {
  readonly assertion: Readonly<Record<string, unknown>>;
  readonly google?: Readonly<Record<string, string>>;
  readonly attribute?: Readonly<Record<string, string>>;
}

const environment = new Environment()
  .registerVariable("assertion", "map")
  .registerVariable("mapped", "map")
  .registerVariable("attribute", "map")
  .registerFunction("string.extract(string): string", extract);

const parsed = new Map<string, (scope: Readonly<Record<string, unknown>>) => unknown>();

/** The value of an expression; throws where Google would refuse the exchange, as for a claim that is not there. */
export function evaluateCel(expression: string, scope: CelScope): unknown {
  let evaluate = parsed.get(expression);
  if (evaluate === undefined) {
    evaluate = environment.parse(renamed(expression)) as unknown as (
      scope: Readonly<Record<string, unknown>>,
    ) => unknown;
    parsed.set(expression, evaluate);
  }
  const { assertion, google = {}, attribute = {} } = scope;
  return evaluate({ assertion, mapped: google, attribute });
}

/** The library keeps the name google for itself. Texts in quotes stay as they are. */
function renamed(expression: string): string {
  return expression.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\bgoogle(?=\.(?:subject|groups)\b)/gs, (found) =>
    found === "google" ? "mapped" : found,
  );
}

/**
 * `'a/b/c'.extract('a/{x}/')` is `b`: what stands between the first prefix and the first suffix after it, all that
 * follows where the template has no suffix, and nothing where it does not match.
 * docs: iam/docs/conditions-attribute-reference#extract
 */
export function extract(text: string, template: string): string {
  const [, prefix, suffix] = /^([^{}]*)\{[^{}]*\}([^{}]*)$/s.exec(template) ?? [];
  if (prefix === undefined || suffix === undefined) throw new Error(`${template} is no template of extract`);
  const start = text.indexOf(prefix);
  if (start < 0) return "";
  const rest = text.slice(start + prefix.length);
  if (suffix === "") return rest;
  const end = rest.indexOf(suffix);
  return end < 0 ? "" : rest.slice(0, end);
}
