/** What is read of an error of ajv. */
export interface SnapshotError {
  readonly keyword: string;
  /** JSON Pointer into the file. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** The first way in which a file breaks the schema of snapshots, like `projects[3].jobs lacks "status"`. */
export function describeSnapshotError({ keyword, instancePath, params, message }: SnapshotError): string {
  const place = placeOf(instancePath);
  switch (keyword) {
    case "required":
      return `${place} lacks ${JSON.stringify(params["missingProperty"])}`;
    case "additionalProperties":
      return `${place} has ${JSON.stringify(params["additionalProperty"])}, which the schema does not know`;
    case "false schema":
      return `${place} may not be there, by the status beside it`;
    case "enum":
      return `${place} ${message}: ${[params["allowedValues"]].flat().join(", ")}`;
    default:
      return `${place} ${message}`;
  }
}

/** `/projects/3/jobs` as `projects[3].jobs`. */
function placeOf(pointer: string): string {
  if (pointer === "") return "the file";
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`), "");
}
