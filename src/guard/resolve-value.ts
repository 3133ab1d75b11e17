import { computedAttribute } from "./computed-attribute.ts";
import { asValues, listOf, own, type PlanChange, type TerraformPlan } from "./plan.ts";
import { deepest, keyOf, PlanConfiguration, type Scope } from "./plan-scope.ts";
import { hasTrue, isMarked, nobodyKnows, plain, type Resolved } from "./resolved.ts";

/** What a text is for: where only its references are known, that decides what is made of them. */
export type Use = "member" | "text";

/** References that lead further than this lead nowhere. */
const MAX_DEPTH = 24;

/** No name that Google gives is as long. */
const MAX_LENGTH = 2000;

/** Reads the arguments of a plan's resources; what is known after apply only, through references of the configuration. */
export class ValueResolver {
  readonly #plan: TerraformPlan;
  readonly #configuration: PlanConfiguration;
  readonly #references = new Map<string, Resolved>();

  constructor(plan: TerraformPlan) {
    this.#plan = plan;
    this.#configuration = new PlanConfiguration(plan.configuration);
  }

  /** An argument as it was. */
  before({ before, beforeSensitive }: PlanChange, argument: string): Resolved {
    return plain(own(before ?? {}, argument), isMarked(beforeSensitive, argument));
  }

  /** An argument as it will be. */
  after(change: PlanChange, argument: string, use: Use = "text", depth = 0): Resolved {
    const isSensitive = isMarked(change.afterSensitive, argument);
    if (!isMarked(change.afterUnknown, argument)) return plain(own(change.after ?? {}, argument), isSensitive);
    const found = this.#configured(change, argument, use, depth);
    return { ...found, isSensitive: found.isSensitive || isSensitive };
  }

  /** The members of a binding, as they will be: each once, an unknown one for each that nobody knows. */
  afterAll(change: PlanChange, argument: string): readonly Resolved[] {
    const isSensitive = isMarked(change.afterSensitive, argument);
    const unknown = own(asValues(change.afterUnknown), argument);
    const written = own(change.after ?? {}, argument);
    const known = listOf(written).flatMap((each) => (typeof each === "string" ? [plain(each, isSensitive)] : []));
    // What is no text counts as missing, whatever the plan says of it.
    const marked = Array.isArray(unknown) ? unknown.filter(hasTrue).length : 0;
    const missing =
      !Array.isArray(written) || (!Array.isArray(unknown) && hasTrue(unknown))
        ? undefined
        : Math.max(marked, written.length - known.length);
    if (missing === 0) return known;
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    const expression = own(asValues(block?.["expressions"]), argument);
    const found = scope === undefined ? undefined : this.#list(expression, scope, missing, 0);
    if (found === undefined)
      return [...known, ...Array.from({ length: missing ?? 1 }, () => ({ ...nobodyKnows, isSensitive }))];
    const texts = new Set(known.map(({ text }) => text));
    return [
      ...known,
      ...found
        .filter(({ text }) => text === undefined || !texts.has(text))
        .map((each) => ({ ...each, isSensitive: each.isSensitive || isSensitive })),
    ];
  }

  /** The data source that an argument refers to, where it refers to one and nothing else. */
  sourceOf(change: PlanChange, argument: string, type: string): PlanChange | undefined {
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    if (block === undefined || scope === undefined) return undefined;
    const [only, ...others] = deepest(own(asValues(block["expressions"]), argument));
    const [, kind, name, key] = /^data\.([\w-]+)\.([\w-]+)(\[[^\]]*\])?\.[\w-]+$/.exec(only ?? "") ?? [];
    if (others.length > 0 || kind !== type || name === undefined) return undefined;
    return this.#instance(scope, `data.${type}.${name}${key ?? ""}`);
  }

  #configured(change: PlanChange, argument: string, use: Use, depth: number): Resolved {
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    if (block === undefined || scope === undefined || depth > MAX_DEPTH) return nobodyKnows;
    const expression = own(asValues(block["expressions"]), argument);
    if (expression !== undefined) return this.#evaluate(expression, scope, use, depth + 1);
    // What is left out of a resource is the provider's.
    const ofProvider = argument === "project" ? "project" : argument === "location" ? "region" : undefined;
    const given =
      ofProvider === undefined
        ? undefined
        : this.#configuration.providerExpression(block["provider_config_key"], ofProvider);
    if (given === undefined) return nobodyKnows;
    return { ...this.#evaluate(given.expression, given.scope, "text", depth + 1), isAssumed: false };
  }

  /** docs: developer.hashicorp.com/terraform/internals/json-format#expression-representation */
  #evaluate(expression: unknown, scope: Scope, use: Use, depth: number): Resolved {
    if (depth > MAX_DEPTH) return nobodyKnows;
    const { constant_value: constant } = asValues(expression);
    if (constant !== undefined) return this.#template(constant, deepest(expression).length > 0, scope, depth);
    const [only, ...others] = deepest(expression);
    if (only === undefined || others.length > 0) return nobodyKnows;
    const found = this.#reference(only, scope, use, depth + 1);
    // What stands around the reference is not told: only what can be nothing else by itself is taken.
    const attribute = /\.([\w-]+)$/.exec(only)?.[1] ?? "";
    if (found.text === undefined) return { ...nobodyKnows, isSensitive: found.isSensitive };
    if (/^(var|module)\./.test(only)) return { ...found, isAssumed: true };
    if (use === "member") {
      if (attribute === "email") return { ...found, text: `serviceAccount:${found.text}`, isAssumed: true };
      return attribute === "member" ? { ...found, isAssumed: true } : nobodyKnows;
    }
    return ["id", "name", "email", "project", "location"].includes(attribute)
      ? { ...found, isAssumed: true }
      : nobodyKnows;
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
    for (const [at, part] of parts.entries()) {
      const found = at % 2 === 0 ? plain(part, false) : this.#reference(part.trim(), scope, "text", depth + 1);
      isSensitive ||= found.isSensitive;
      if (found.text === undefined || (at % 2 === 0 && part.includes("${"))) return { ...nobodyKnows, isSensitive };
      text += found.text;
    }
    return { text, isUnknown: false, isSensitive, isAssumed: true };
  }

  /** A list of members; undefined where it is not certain what is in it. */
  #list(
    expression: unknown,
    scope: Scope,
    missing: number | undefined,
    depth: number,
  ): readonly Resolved[] | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const { constant_value: constant } = asValues(expression);
    const references = deepest(expression);
    if (Array.isArray(constant))
      return constant.map((each) => this.#template(each, references.length > 0, scope, depth));
    const variable = typeof constant === "string" ? /^\$\{(var\.[\w-]+)\}$/.exec(constant)?.[1] : references[0];
    if (variable?.startsWith("var.") === true && references.length === 1) {
      const given = this.#argumentOf(variable.slice("var.".length), scope);
      return given === undefined ? undefined : this.#list(given.expression, given.scope, missing, depth + 1);
    }
    if (constant !== undefined || missing === undefined) return undefined;
    const found = references.map((each) => this.#evaluate({ references: [each] }, scope, "member", depth + 1));
    // As many as are missing, or something else is among them.
    const texts = new Set(found.map(({ text }) => text));
    return texts.has(undefined) || texts.size !== found.length || found.length !== missing ? undefined : found;
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

  /** Each once: a plan may refer to the same in a thousand ways, or in a circle. */
  #reference(reference: string, scope: Scope, use: Use, depth: number): Resolved {
    if (depth > MAX_DEPTH) return nobodyKnows;
    const key = JSON.stringify([reference, use, scope.index, scope.steps]);
    const before = this.#references.get(key);
    if (before !== undefined) return before;
    this.#references.set(key, nobodyKnows);
    const found = this.#follow(reference, scope, use, depth);
    const kept = (found.text?.length ?? 0) > MAX_LENGTH ? nobodyKnows : found;
    this.#references.set(key, kept);
    return kept;
  }

  #follow(reference: string, scope: Scope, use: Use, depth: number): Resolved {
    if (reference === "each.key" || reference === "count.index")
      return scope.index === undefined ? nobodyKnows : plain(String(scope.index), false);
    if (reference === "each.value") return this.#eachValue(scope, depth);
    const [, variable] = /^var\.([\w-]+)$/.exec(reference) ?? [];
    if (variable !== undefined) return this.#variable(variable, scope, use, depth);
    const [, called, number, quoted, output] =
      /^module\.([\w-]+)(?:\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\])?\.([\w-]+)$/.exec(reference) ?? [];
    if (called !== undefined && output !== undefined) {
      const steps = [...scope.steps, { name: called, index: keyOf(number, quoted) }];
      const outputs = asValues(this.#configuration.moduleAt(steps)?.["outputs"]);
      const found = asValues(own(outputs, output));
      const value = this.#evaluate(
        found["expression"],
        { steps, index: undefined, forEach: undefined },
        use,
        depth + 1,
      );
      return { ...value, isSensitive: value.isSensitive || found["sensitive"] === true };
    }
    const [, address, attribute] =
      /^((?:data\.)?[\w-]+\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.([\w-]+)$/.exec(reference) ?? [];
    const instance = address === undefined ? undefined : this.#instance(scope, address);
    return instance === undefined || attribute === undefined
      ? nobodyKnows
      : this.attribute(instance, attribute, depth + 1);
  }

  #eachValue({ forEach, index, ...rest }: Scope, depth: number): Resolved {
    const { constant_value: constant } = forEach ?? {};
    const value = index === undefined ? undefined : own(asValues(constant), String(index));
    const hasReferences = deepest(forEach).length > 0;
    return this.#template(value, hasReferences, { ...rest, index: undefined, forEach: undefined }, depth + 1);
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
        : this.#evaluate(given.expression, given.scope, use, depth + 1);
    return { ...found, isSensitive: found.isSensitive || isSensitive };
  }

  #instance({ steps }: Scope, address: string): PlanChange | undefined {
    const module = steps.map(
      ({ name, index }) => `module.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}.`,
    );
    const full = `${module.join("")}${address}`;
    return this.#plan.byAddress.get(full) ?? this.#plan.read.get(full);
  }

  /** What another resource will say of itself; of names that are made of its arguments, made of them. */
  attribute(change: PlanChange, attribute: string, depth: number): Resolved {
    const isSensitive = isMarked(change.afterSensitive, attribute);
    if (!isMarked(change.afterUnknown, attribute)) return plain(own(change.after ?? {}, attribute), isSensitive);
    const of = (argument: string): Resolved => this.after(change, argument, "text", depth + 1);
    return computedAttribute(change.type, attribute, of);
  }
}
