import { asValues, listOf, own, type PlanChange, type Values } from "./plan.ts";

/** One step down into a module, with the key of its instance. */
export interface ModuleStep {
  readonly name: string;
  readonly index: string | number | undefined;
}

/** Where an expression stands: in which module, and for which instance of what it belongs to. */
export interface Scope {
  readonly steps: readonly ModuleStep[];
  readonly index: string | number | undefined;
  /** The `for_each` of what it belongs to. */
  readonly forEach: Values | undefined;
}

const stepForm = /module\.([^.[\]"]+)(?:\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\])?(?:\.|$)/y;

/** The steps of a module path; undefined where it is none that Terraform writes. */
export function modulePath(path: string): readonly ModuleStep[] | undefined {
  const steps: ModuleStep[] = [];
  stepForm.lastIndex = 0;
  for (let at = 0; at < path.length; at = stepForm.lastIndex) {
    const [, name = "", number, quoted] = stepForm.exec(path) ?? [];
    if (name === "") return undefined;
    steps.push({ name, index: keyOf(number, quoted) });
  }
  return steps;
}

/** A key as an address writes it. Quotes other than those of JSON make it none that is looked up. */
export function keyOf(number: string | undefined, quoted: string | undefined): string | number | undefined {
  if (number !== undefined) return Number(number);
  if (quoted === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === "string" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The configuration of a plan, by module and block. */
export class PlanConfiguration {
  readonly #root: Values;
  readonly #providers: Values;
  readonly #blocks = new Map<string, ReadonlyMap<string, Values>>();

  constructor(configuration: Values) {
    this.#root = asValues(configuration["root_module"]);
    this.#providers = asValues(configuration["provider_config"]);
  }

  moduleAt(steps: readonly ModuleStep[]): Values | undefined {
    let module: Values = this.#root;
    for (const { name } of steps) {
      const call = own(asValues(module["module_calls"]), name);
      if (call === undefined) return undefined;
      module = asValues(asValues(call)["module"]);
    }
    return module;
  }

  /** The call that makes a module. */
  callOf(steps: readonly ModuleStep[]): Values | undefined {
    const parent = this.moduleAt(steps.slice(0, -1));
    const name = steps.at(-1)?.name;
    const call = parent === undefined || name === undefined ? undefined : own(asValues(parent["module_calls"]), name);
    return call === undefined ? undefined : asValues(call);
  }

  /** The block that a resource comes from, and where its expressions stand. */
  blockOf(change: PlanChange): { readonly block: Values; readonly scope: Scope } | undefined {
    const steps = modulePath(change.module);
    if (steps === undefined) return undefined;
    const path = steps.map(({ name }) => name).join(".");
    let blocks = this.#blocks.get(path);
    if (blocks === undefined) {
      const resources = listOf(this.moduleAt(steps)?.["resources"]).map(asValues);
      blocks = new Map(
        resources.map((each) => [`${String(each["mode"])} ${String(each["type"])}.${String(each["name"])}`, each]),
      );
      this.#blocks.set(path, blocks);
    }
    const block = blocks.get(`${change.isData ? "data" : "managed"} ${change.type}.${change.name}`);
    if (block === undefined) return undefined;
    return { block, scope: { steps, index: change.index, forEach: asValues(block["for_each_expression"]) } };
  }

  /** What a provider's block says of one of its arguments, and where that stands. */
  providerExpression(
    key: unknown,
    argument: string,
  ): { readonly expression: unknown; readonly scope: Scope } | undefined {
    const provider = typeof key === "string" ? asValues(own(this.#providers, key)) : {};
    const module = provider["module_address"];
    const steps = modulePath(typeof module === "string" ? module : "");
    const expression = own(asValues(provider["expressions"]), argument);
    if (expression === undefined || steps === undefined) return undefined;
    return { expression, scope: { steps, index: undefined, forEach: undefined } };
  }
}

/** The references of an expression, without those that are only the beginning of another. */
export function deepest(expression: unknown): readonly string[] {
  const all = listOf(asValues(expression)["references"]).filter((each): each is string => typeof each === "string");
  const unique = [...new Set(all)];
  return unique.filter((each) => !unique.some((other) => other.startsWith(`${each}.`) || other.startsWith(`${each}[`)));
}
