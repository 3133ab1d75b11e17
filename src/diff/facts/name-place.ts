import type { Environment } from "../../matrix/model/environment.ts";
import { writtenPlace } from "../../matrix/model/field-place.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import { kindOf } from "../../matrix/model/resolve-caller.ts";
import type { Caller, Service } from "../../matrix/model/world.ts";
import { keyAt, type Place } from "../../matrix/text/place.ts";

/** What decides about a stage; it is no field itself. */
const writtenAs: Readonly<Record<string, readonly string[]>> = { stage: ["retired", "planned"] };

/** Where it is written what a service's field is: in the service, in the matrix's defaults, in the environment; else the service. */
export function serviceFieldPlace(
  { document, root }: Matrix,
  { declared, project }: Service,
  environment: Environment | undefined,
  field: string,
): Place {
  for (const name of writtenAs[field] ?? [field]) {
    const place = writtenPlace(declared, environment?.name ?? "", name);
    if (place !== undefined) return place;
  }
  if (document.defaults !== undefined && field in document.defaults) return keyAt(root, "defaults", field);
  if (field === "project") return project.place;
  if (field === "regions" && environment !== undefined)
    return keyAt(environment.place.file, ...environment.place.path, "regions");
  return declared.place;
}

/** Where it is written what a caller's field is; `identity` is the key that says who it is. */
export function callerFieldPlace({ declared, kind }: Caller, environment: string, field: string): Place {
  const name = field === "identity" ? kind : field;
  const account = field === "account" && kindOf(declared.value) === "serviceAccount" ? "serviceAccount" : name;
  return writtenPlace(declared, environment, account) ?? declared.place;
}
