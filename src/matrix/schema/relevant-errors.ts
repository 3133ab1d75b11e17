import type { SchemaError } from "./generated/validators.js";
import { hasRightType, pointerSteps, type SchemaStart } from "./schema-node.ts";

/**
 * Of a value that fits none of several forms, ajv reports the errors of every form. Those of the form that was meant
 * are the ones that are not about the value's own type.
 */
export function relevantErrors(
  errors: readonly SchemaError[],
  data: unknown,
  start: SchemaStart,
): readonly SchemaError[] {
  const badKeys = new Set(
    errors.filter(({ keyword }) => keyword === "propertyNames").map(({ instancePath }) => instancePath),
  );
  const own = errors.filter(
    (error) =>
      !isSummary(error) &&
      !(badKeys.has(error.instancePath) && ofKeys.has(error.keyword)) &&
      !(error.keyword === "type" && hasRightType(data, pointerSteps(error.instancePath), start)),
  );
  const specific = new Set(
    own.filter(({ keyword }) => keyword !== "type" && keyword !== "anyOf").map(({ instancePath }) => instancePath),
  );
  const above = new Set(own.flatMap(({ instancePath }) => properPrefixes(instancePath)));
  const typed = new Set(own.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath));
  const result = new Map<string, SchemaError>();
  for (const error of own) {
    const { instancePath, keyword, params } = error;
    const isGeneral = keyword === "type" || keyword === "anyOf";
    if (
      isGeneral &&
      (specific.has(instancePath) || above.has(instancePath) || (keyword === "anyOf" && typed.has(instancePath)))
    )
      continue;
    const key = `${instancePath} ${keyword} ${keyword === "type" ? "" : JSON.stringify(params)}`;
    const same = result.get(key);
    // A value of none of several types is one finding that names them all.
    result.set(
      key,
      same === undefined || keyword !== "type"
        ? error
        : { ...error, params: { type: [same.params["type"], params["type"]].flat() } },
    );
  }
  return [...result.values()];
}

/** Keywords that a map cannot break itself: beside a propertyNames error they are about one of its keys. */
const ofKeys = new Set(["pattern", "maxLength", "not"]);

/** What only says that others happened, and errors of a key's name, which the propertyNames error speaks for. */
function isSummary({ schemaPath, propertyName }: SchemaError): boolean {
  return propertyName !== undefined || /\/(oneOf|anyOf)\/\d+\/required$/.test(schemaPath);
}

function properPrefixes(pointer: string): readonly string[] {
  const steps = pointer.split("/");
  return steps.slice(1).map((_, i) => steps.slice(0, i + 1).join("/"));
}
