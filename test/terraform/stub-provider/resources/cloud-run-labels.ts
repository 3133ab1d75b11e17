import type { Context } from "../resource-type.ts";
import { isObject, isWhollyKnown, textMap, Unknown, type ObjectValue, type Value } from "../wire/value.ts";

type Labels = Readonly<Record<string, string>>;

const ATTRIBUTION: Labels = { "goog-terraform-provisioned": "true" };

/**
 * The provider keeps labels thrice: those of the configuration, with its own added
 * (`terraform_labels`), and all that are on the service (`effective_labels`), of which it only
 * touches its own. Annotations have no provider-wide additions.
 */
export function planLabels({ settings }: Context, planned: ObjectValue, prior: ObjectValue | null): ObjectValue {
  const labels = planned["labels"] ?? null;
  const annotations = planned["annotations"] ?? null;
  if (!isWhollyKnown(labels) || !isWhollyKnown(annotations)) {
    return {
      ...planned,
      terraform_labels: new Unknown(),
      effective_labels: new Unknown(),
      effective_annotations: new Unknown(),
    };
  }
  const own = { ...textMap(settings["default_labels"]), ...attribution(settings, prior), ...textMap(labels) };
  return {
    ...planned,
    terraform_labels: own,
    effective_labels: merged(prior?.["effective_labels"], prior?.["terraform_labels"], own),
    effective_annotations: merged(prior?.["effective_annotations"], prior?.["annotations"], textMap(annotations)),
  };
}

/** What a look at the service says about labels, where the state says which of them are Terraform's. */
export function labelsAfterRead(state: ObjectValue, service: ObjectValue): ObjectValue {
  const labels = textMap(service["labels"]);
  const annotations = textMap(service["annotations"]);
  return {
    labels: only(labels, state["labels"]),
    terraform_labels: only(labels, state["terraform_labels"]) ?? {},
    effective_labels: labels,
    annotations: only(annotations, state["annotations"]),
    effective_annotations: annotations,
  };
}

/** Added when the provider creates a service, and kept while it is there. */
function attribution(settings: ObjectValue, prior: ObjectValue | null): Labels {
  if (settings["add_terraform_attribution_label"] === false) return {};
  const before = prior ? textMap(prior["terraform_labels"]) : ATTRIBUTION;
  const [name = ""] = Object.keys(ATTRIBUTION);
  return name in before ? ATTRIBUTION : {};
}

function merged(all: Value | undefined, before: Value | undefined, own: Labels): Labels {
  const gone = new Set(Object.keys(textMap(before)));
  const foreign = Object.entries(textMap(all)).filter(([name]) => !gone.has(name));
  return { ...Object.fromEntries(foreign), ...own };
}

function only(all: Labels, known: Value | undefined): Labels | null {
  if (!isObject(known)) return null;
  const kept = Object.keys(known).flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]] as const]));
  return kept.length > 0 ? Object.fromEntries(kept) : null;
}
