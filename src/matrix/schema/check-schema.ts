import type { Draft } from "../../finding/draft.ts";
import type { DataPath, ParsedFile } from "../text/parsed-file.ts";
import { describeSchemaError, pointerSteps } from "./describe-schema-error.ts";
import { type SchemaError, type Validator, validateInclude, validateMatrix } from "./generated/validators.js";

/** Every way in which a file breaks the schema of the matrix (or of an included file), each once and at its place. */
export function checkSchema(file: ParsedFile, kind: "matrix" | "include"): readonly Draft[] {
  return schemaDrafts(kind === "matrix" ? validateMatrix : validateInclude, file.data, file.source.name, [], undefined);
}

/**
 * Every way in which a value breaks its schema.
 * @param base the path of the value in its file
 * @param start the definition that the value is held against; undefined for a file of a matrix
 */
export function schemaDrafts(
  validator: Validator,
  data: unknown,
  file: string,
  base: DataPath,
  start: "caller" | "service" | undefined,
): readonly Draft[] {
  if (validator(data)) return [];
  const errors = relevantErrors(validator.errors ?? []);
  return errors.map((error) => {
    const path = [
      ...base,
      ...pointerSteps(error.instancePath).map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    ];
    const { message, help, at } = describeSchemaError(error, path, data, start);
    const place = { file, path: at?.path ?? path, part: at?.part ?? ("value" as const) };
    return { message, ...(help === undefined ? {} : { help }), at: place };
  });
}

/**
 * Of a value that fits none of several forms, ajv reports the errors of every form. Those of the form that was meant
 * are the ones that are not about the value's own type.
 */
function relevantErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const own = errors.filter((error) => !isSummary(error));
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

/** What only says that others happened, and errors of a key's name, which the propertyNames error speaks for. */
function isSummary({ schemaPath, propertyName }: SchemaError): boolean {
  return propertyName !== undefined || /\/(oneOf|anyOf)\/\d+\/required$/.test(schemaPath);
}

function properPrefixes(pointer: string): readonly string[] {
  const steps = pointer.split("/");
  return steps.slice(1).map((_, i) => steps.slice(0, i + 1).join("/"));
}
