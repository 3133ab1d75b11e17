import { asValues, listOf, own, type PlanChange, type TerraformPlan } from "./plan.ts";
import { deepest, keyOf, type PlanConfiguration, type Scope } from "./plan-scope.ts";
import { nobodyKnows, plain, type Resolved } from "./resolved.ts";

/** What a text is for: where only its references are known, that decides what is made of them. */
export type Use = "member" | "text";

/** References that lead further than this lead nowhere. */
const MAX_DEPTH = 24;

/** No name that Google gives is as long. */
const MAX_LENGTH = 2000;

/** A reference that was followed, and at which depth it was cut off, where it was. */
interface Followed {
  readonly found: Resolved;
  readonly cutAt: number | undefined;
}

/** What another resource of the plan will say of itself. */
export type AttributeOf = (change: PlanChange, attribute: string, depth: number) => Resolved;

/**
 * Evaluates expressions of the configuration of a plan.
 * docs: developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class ConfiguredValues {
  readonly #plan: TerraformPlan;
  readonly #configuration: PlanConfiguration;
  readonly #attributeOf: AttributeOf;
  readonly #isStrict: boolean;
  readonly #followed = new Map<string, Followed>();
  /** How often something was cut off: whoever sees it change has an answer that holds for his depth only. */
  #cuts = 0;

  /** @param isStrict whether to take nothing for what it refers to, where only its references are told */
  constructor(plan: TerraformPlan, configuration: PlanConfiguration, attributeOf: AttributeOf, isStrict: boolean) {
    this.#plan = plan;
    this.#configuration = configuration;
    this.#attributeOf = attributeOf;
    this.#isStrict = isStrict;
  }

  /** @param isLater whether the plan says that the value is known after apply only, and does not just leave it out */
  evaluate(expression: unknown, scope: Scope, use: Use, depth: number, isLater = true): Resolved {
    if (depth > MAX_DEPTH) return this.#cut();
    const { constant_value: constant } = asValues(expression);
    if (constant !== undefined) return this.#template(constant, deepest(expression).length > 0, scope, depth);
    const [only, ...others] = deepest(expression);
    if (only === undefined || others.length > 0) return nobodyKnows;
    const found = this.#reference(only, scope, use, depth + 1);
    // Of a value that is known, something else was made, of what is not told: a text beside it, say.
    const isOther = isLater && !found.isLater;
    if (found.text === undefined || this.#isStrict || isOther)
      return { ...nobodyKnows, isSensitive: found.isSensitive };
    // What stands around the reference is not told: only what can be nothing else by itself is taken, and said to be.
    const taken = { ...found, isAssumed: true };
    if (/^(var|module)\./.test(only)) return taken;
    const attribute = /\.([\w-]+)$/.exec(only)?.[1] ?? "";
    if (use === "member") {
      if (attribute === "email") return { ...taken, text: `serviceAccount:${found.text}` };
      return attribute === "member" ? taken : nobodyKnows;
    }
    return ["id", "name", "email", "project", "location"].includes(attribute) ? taken : nobodyKnows;
  }

  /** A list of members; undefined where it is not certain what is in it. */
  list(expression: unknown, scope: Scope, missing: number | undefined, depth: number): readonly Resolved[] | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const { constant_value: constant } = asValues(expression);
    const references = deepest(expression);
    if (Array.isArray(constant))
      return constant.map((each) => this.#template(each, references.length > 0, scope, depth));
    const isTaken = constant === undefined;
    if (isTaken && this.#isStrict) return undefined;
    const variable = typeof constant === "string" ? /^\$\{(var\.[\w-]+)\}$/.exec(constant)?.[1] : references[0];
    if (variable?.startsWith("var.") === true && references.length === 1) {
      const given = this.#argumentOf(variable.slice("var.".length), scope);
      const all = given === undefined ? undefined : this.list(given.expression, given.scope, missing, depth + 1);
      return isTaken ? all?.map((each) => ({ ...each, isAssumed: true })) : all;
    }
    if (!isTaken || missing === undefined) return undefined;
    const found = references.map((each) => this.evaluate({ references: [each] }, scope, "member", depth + 1));
    // As many as are missing, or something else is among them.
    const texts = new Set(found.map(({ text }) => text));
    return texts.has(undefined) || texts.size !== found.length || found.length !== missing ? undefined : found;
  }

  /** The one reference that an expression is; whether that is only taken for it. */
  soleReference(expression: unknown): { readonly reference: string; readonly isAssumed: boolean } | undefined {
    const { constant_value: constant } = asValues(expression);
    const [reference, ...others] = deepest(expression);
    if (reference === undefined || others.length > 0) return undefined;
    if (constant !== undefined) return constant === `\${${reference}}` ? { reference, isAssumed: false } : undefined;
    return this.#isStrict ? undefined : { reference, isAssumed: true };
  }

  /** The resource at an address of some module. */
  instance({ steps }: Pick<Scope, "steps">, address: string): PlanChange | undefined {
    const module = steps.map(
      ({ name, index }) => `module.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}.`,
    );
    const full = `${module.join("")}${address}`;
    return this.#plan.byAddress.get(full) ?? this.#plan.read.get(full);
  }

  /**
   * Text of the configuration. Of configuration in JSON, which is what CDKTF writes, the plan has the text with its
   * references in it, and calls it constant.
   */
  #template(constant: unknown, hasReferences: boolean, scope: Scope, depth: number): Resolved {
    if (typeof constant !== "string") return nobodyKnows;
    if (!/[$%]\{/.test(constant)) return plain(constant, false);
    if (!hasReferences || /%\{|\$\$\{/.test(constant)) return nobodyKnows;
    const parts = constant.split(/\$\{([^{}]*)\}/);
    let text = "";
    let isSensitive = false;
    let isAssumed = false;
    let isLater = false;
    for (const [at, part] of parts.entries()) {
      const found = at % 2 === 0 ? plain(part, false) : this.#reference(part.trim(), scope, "text", depth + 1);
      isSensitive ||= found.isSensitive;
      isAssumed ||= found.isAssumed;
      isLater ||= found.isLater;
      if (found.text === undefined || (at % 2 === 0 && part.includes("${"))) return { ...nobodyKnows, isSensitive };
      text += found.text;
    }
    return { text, isUnknown: false, isSensitive, isAssumed, isLater };
  }

  /** What the call of a module gives a variable of it. */
  #argumentOf(name: string, { steps }: Scope): { readonly expression: unknown; readonly scope: Scope } | undefined {
    const call = this.#configuration.callOf(steps);
    const expression = call === undefined ? undefined : own(asValues(call["expressions"]), name);
    if (call === undefined || expression === undefined) return undefined;
    const scope = {
      steps: steps.slice(0, -1),
      index: steps.at(-1)?.index,
      forEach: asValues(call["for_each_expression"]),
    };
    return { expression, scope };
  }

  #cut(): Resolved {
    this.#cuts += 1;
    return nobodyKnows;
  }

  /**
   * Each once: a plan may refer to the same in a thousand ways, or in a circle. What is each's own is not remembered, and
   * all else is the same wherever it stands in its module. What was cut off is, for whoever is as deep.
   */
  #reference(reference: string, scope: Scope, use: Use, depth: number): Resolved {
    if (depth > MAX_DEPTH) return this.#cut();
    if (/^(each|count|self)\b/.test(reference)) return this.#ofInstance(reference, scope, depth);
    const key = JSON.stringify([reference, use, scope.steps]);
    const before = this.#followed.get(key);
    if (before !== undefined && (before.cutAt === undefined || depth >= before.cutAt)) {
      if (before.cutAt !== undefined) this.#cuts += 1;
      return before.found;
    }
    this.#followed.set(key, { found: nobodyKnows, cutAt: undefined });
    const cuts = this.#cuts;
    const found = this.#follow(reference, scope, use, depth);
    const kept = (found.text?.length ?? 0) > MAX_LENGTH ? nobodyKnows : found;
    this.#followed.set(key, { found: kept, cutAt: this.#cuts === cuts ? undefined : depth });
    return kept;
  }

  #ofInstance(reference: string, { forEach, index, ...rest }: Scope, depth: number): Resolved {
    if (index === undefined) return nobodyKnows;
    if (reference === "each.key" || reference === "count.index") return plain(String(index), false);
    if (reference !== "each.value") return nobodyKnows;
    const value = own(asValues(asValues(forEach)["constant_value"]), String(index));
    const hasReferences = deepest(forEach).length > 0;
    return this.#template(value, hasReferences, { ...rest, index: undefined, forEach: undefined }, depth + 1);
  }

  #follow(reference: string, scope: Scope, use: Use, depth: number): Resolved {
    const [, variable] = /^var\.([\w-]+)$/.exec(reference) ?? [];
    if (variable !== undefined) return this.#variable(variable, scope, use, depth);
    const [, called, number, quoted, output] =
      /^module\.([\w-]+)(?:\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\])?\.([\w-]+)$/.exec(reference) ?? [];
    if (called !== undefined && output !== undefined) {
      const steps = [...scope.steps, { name: called, index: keyOf(number, quoted) }];
      const found = asValues(own(asValues(this.#configuration.moduleAt(steps)?.["outputs"]), output));
      const inside = { steps, index: undefined, forEach: undefined };
      const value = this.evaluate(found["expression"], inside, use, depth + 1);
      return { ...value, isSensitive: value.isSensitive || found["sensitive"] === true };
    }
    const [, address, attribute] =
      /^((?:data\.)?[\w-]+\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.([\w-]+)$/.exec(reference) ?? [];
    const instance = address === undefined ? undefined : this.instance(scope, address);
    return instance === undefined || attribute === undefined
      ? nobodyKnows
      : this.#attributeOf(instance, attribute, depth + 1);
  }

  #variable(name: string, scope: Scope, use: Use, depth: number): Resolved {
    const declared = asValues(own(asValues(this.#configuration.moduleAt(scope.steps)?.["variables"]), name));
    const isSensitive = declared["sensitive"] === true;
    if (scope.steps.length === 0) {
      const value = own(this.#plan.variables, name) ?? declared["default"];
      return value === undefined ? nobodyKnows : plain(value, isSensitive);
    }
    const given = this.#argumentOf(name, scope);
    const found =
      given === undefined
        ? plain(declared["default"], false)
        : this.evaluate(given.expression, given.scope, use, depth + 1);
    return { ...found, isSensitive: found.isSensitive || isSensitive };
  }
}

/** The expression at a path of blocks, each of which is a list of one, of a resource's or provider's configuration. */
export function expressionAt(expressions: unknown, path: readonly string[]): unknown {
  let at: unknown = expressions;
  for (const key of path) at = own(asValues(Array.isArray(at) ? listOf(at)[0] : at), key);
  return at;
}
