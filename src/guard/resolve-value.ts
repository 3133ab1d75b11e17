import { computedAttribute } from "./computed-attribute.ts";
import { ConfiguredValues, expressionAt, type Use } from "./configured-value.ts";
import { asValues, listOf, own, type PlanChange, type TerraformPlan } from "./plan.ts";
import { PlanConfiguration } from "./plan-scope.ts";
import { absent, hasTrue, isMarked, nobodyKnows, plain, type Resolved } from "./resolved.ts";

/** Reads the arguments of a plan's resources; what is known after apply only, through references of the configuration. */
export class ValueResolver {
  readonly #configuration: PlanConfiguration;
  readonly #values: ConfiguredValues;

  /** @param isStrict whether to take nothing for what it refers to, where only its references are told */
  constructor(plan: TerraformPlan, isStrict: boolean) {
    this.#configuration = new PlanConfiguration(plan.configuration);
    const attributeOf = (change: PlanChange, attribute: string, depth: number): Resolved =>
      this.attribute(change, attribute, depth);
    this.#values = new ConfiguredValues(plan, this.#configuration, attributeOf, isStrict);
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
    return { ...found, isLater: true, isSensitive: found.isSensitive || isSensitive };
  }

  /**
   * An argument of a block as it will be; absent where the configuration is known to leave it out, so that it is what
   * Google makes of nothing.
   * @param path of blocks, each of which is there once, and the argument
   */
  afterAt(change: PlanChange, path: readonly string[]): Resolved {
    const isSensitive = hasTrue(markAt(change.afterSensitive, path));
    if (!hasTrue(markAt(change.afterUnknown, path))) return plain(expressionAt(change.after ?? {}, path), isSensitive);
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    if (block === undefined || scope === undefined) return { ...nobodyKnows, isSensitive };
    const expression = expressionAt(block["expressions"], path);
    // What a dynamic block writes, the configuration does not tell; nor whether a block is there that is made so.
    const isWritten = path.length === 1 || expressionAt(block["expressions"], path.slice(0, -1)) !== undefined;
    if (expression === undefined) return isWritten ? { ...absent, isSensitive } : { ...nobodyKnows, isSensitive };
    const found = this.#values.evaluate(expression, scope, "text", 0);
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
    const found = scope === undefined ? undefined : this.#values.list(expression, scope, missing, 0);
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
  sourceOf(
    change: PlanChange,
    argument: string,
    type: string,
  ): { readonly source: PlanChange; readonly isAssumed: boolean } | undefined {
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    if (block === undefined || scope === undefined) return undefined;
    const { reference, isAssumed } = this.#values.soleReference(own(asValues(block["expressions"]), argument)) ?? {};
    const [, kind, name, key] = /^data\.([\w-]+)\.([\w-]+)(\[[^\]]*\])?\.[\w-]+$/.exec(reference ?? "") ?? [];
    if (isAssumed === undefined || kind !== type || name === undefined) return undefined;
    const source = this.#values.instance(scope, `data.${type}.${name}${key ?? ""}`);
    return source === undefined ? undefined : { source, isAssumed };
  }

  /** What another resource will say of itself; of names that are made of its arguments, made of them. */
  attribute(change: PlanChange, attribute: string, depth: number): Resolved {
    const isSensitive = isMarked(change.afterSensitive, attribute);
    if (!isMarked(change.afterUnknown, attribute)) return plain(own(change.after ?? {}, attribute), isSensitive);
    const of = (argument: string): Resolved => this.after(change, argument, "text", depth + 1);
    return { ...computedAttribute(change.type, attribute, of), isLater: true };
  }

  #configured(change: PlanChange, argument: string, use: Use, depth: number): Resolved {
    const { block, scope } = this.#configuration.blockOf(change) ?? {};
    if (block === undefined || scope === undefined) return nobodyKnows;
    const expression = own(asValues(block["expressions"]), argument);
    if (expression !== undefined) return this.#values.evaluate(expression, scope, use, depth + 1);
    // What is left out of a resource is the provider's.
    const ofProvider = argument === "project" ? "project" : argument === "location" ? "region" : undefined;
    const given =
      ofProvider === undefined
        ? undefined
        : this.#configuration.providerExpression(block["provider_config_key"], ofProvider);
    if (given === undefined) return nobodyKnows;
    return this.#values.evaluate(given.expression, given.scope, "text", depth + 1, false);
  }
}

/** The mark at a path, or one that stands above it. */
function markAt(marks: unknown, path: readonly string[]): unknown {
  let at: unknown = marks;
  for (const key of path) {
    if (Array.isArray(at)) [at] = listOf(at);
    if (at === true) return true;
    at = own(asValues(at), key);
  }
  return at;
}
