import type { Draft } from "../../finding/draft.ts";
import type { DataPath, ParsedFile } from "../text/parsed-file.ts";
import { describeSchemaError } from "./describe-schema-error.ts";
import { type Validator, validateInclude, validateMatrix } from "./generated/validators.js";
import { relevantErrors } from "./relevant-errors.ts";
import { pointerSteps, type SchemaStart } from "./schema-node.ts";

/** Every way in which a file breaks the schema of the matrix (or of an included file), each once and at its place. */
export function checkSchema(file: ParsedFile, kind: "matrix" | "include"): readonly Draft[] {
  return schemaDrafts(
    kind === "matrix" ? validateMatrix : validateInclude,
    file.data,
    file.source.name,
    [],
    kind === "include" ? kind : undefined,
  );
}

/**
 * Every way in which a value breaks its schema.
 * @param base the path of the value in its file
 * @param start the definition that the value is held against; undefined for the root file
 */
export function schemaDrafts(
  validator: Validator,
  data: unknown,
  file: string,
  base: DataPath,
  start: SchemaStart,
): readonly Draft[] {
  if (validator(data)) return [];
  const errors = relevantErrors(validator.errors ?? [], data, start);
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
