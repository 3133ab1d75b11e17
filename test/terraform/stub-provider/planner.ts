import type { Context, ResourceType } from "./resource-type.ts";
import { attributesOf, blocksOf, type BlockSchema, type NestedSchema } from "./schemas/schema.ts";
import { isList, isObject, isZero, sameValue, Unknown, type ObjectValue, type Value } from "./wire/value.ts";

export interface Plan {
  readonly planned: ObjectValue;
  /** The arguments of which a change makes a new resource. Terraform itself sees which did change. */
  readonly replace: readonly string[];
}

/** What the real provider's SDK plans, as far as the resources of the stub can tell the difference. */
export function planChange(
  type: ResourceType,
  context: Context,
  change: { readonly prior: ObjectValue | null; readonly proposed: ObjectValue; readonly config: ObjectValue },
): Plan {
  const general = planBlock(type.schema, change.prior, change.proposed, change.config);
  const suppressed = change.prior ? suppress(type, change.prior, general) : general;
  const planned = type.refinePlan?.(context, suppressed, change.prior) ?? suppressed;
  return { planned, replace: change.prior ? replacing(type.schema) : [] };
}

function suppress(type: ResourceType, prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const kept = Object.entries(type.suppress ?? {})
    .filter(([name, means]) => means(prior[name] ?? null, planned[name] ?? null))
    .map(([name]) => [name, prior[name] ?? null] as const);
  return { ...planned, ...Object.fromEntries(kept) };
}

function replacing(schema: BlockSchema): readonly string[] {
  const attributes = attributesOf(schema).filter(([, attribute]) => attribute.replace);
  const blocks = blocksOf(schema).filter(([, block]) => block.replace);
  return [...attributes, ...blocks].map(([name]) => name);
}

function planBlock(
  schema: BlockSchema,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of attributesOf(schema)) {
    const written = config[name] ?? null;
    const before = prior?.[name] ?? null;
    if (written === null && attribute.computed) {
      planned[name] = prior ? before : new Unknown();
    } else {
      const wanted = written === null ? (attribute.default ?? null) : (proposed[name] ?? null);
      planned[name] = prior && isZero(before) && isZero(wanted) ? before : wanted;
    }
  }
  for (const [name, block] of blocksOf(schema)) {
    planned[name] = planNested(
      block,
      prior ? (prior[name] ?? null) : undefined,
      proposed[name] ?? null,
      config[name] ?? null,
    );
  }
  return planned;
}

/** `prior` is undefined where the enclosing block is new. */
function planNested(block: NestedSchema, prior: Value | undefined, proposed: Value, config: Value): Value {
  if (isObject(config) && isObject(proposed)) {
    return planBlock(block, isObject(prior) ? prior : null, proposed, config);
  }
  if (!isList(config) || !isList(proposed)) return proposed;
  if (config.length === 0 && block.computed) return prior === undefined ? new Unknown() : prior;
  return proposed.map((item, index) => {
    const written = block.nesting === "set" ? item : (config[index] ?? null);
    if (!isObject(item) || !isObject(written)) return item;
    return planBlock(block, priorItem(block, prior, item, index), item, written);
  });
}

function priorItem(
  block: NestedSchema,
  prior: Value | undefined,
  item: ObjectValue,
  index: number,
): ObjectValue | null {
  if (!isList(prior)) return null;
  const found = block.nesting === "set" ? prior.find((before) => sameValue(before, item)) : prior[index];
  return isObject(found) ? found : null;
}
