import { isDataMap } from "../matrix/edit/equal-data.ts";
import type { Data } from "../matrix/text/parsed-file.ts";

export type DataMap = { readonly [key: string]: Data };

/** What a service as data says of one environment, where it says anything. */
export function overrideOf(service: DataMap, environment: string): DataMap | undefined {
  const overrides = service["overrides"];
  const override = isDataMap(overrides) && Object.hasOwn(overrides, environment) ? overrides[environment] : undefined;
  return isDataMap(override) ? override : undefined;
}

/** With one key of an override set. */
export function withOverride(service: DataMap, environment: string, key: string, value: Data): DataMap {
  const overrides = isDataMap(service["overrides"]) ? service["overrides"] : {};
  const override = overrideOf(service, environment);
  return { ...service, overrides: { ...overrides, [environment]: { ...override, [key]: value } } };
}

/** Without one key of an override, and without what holds nothing then. */
export function withoutOverride(service: DataMap, environment: string, key: string): DataMap {
  const overrides = isDataMap(service["overrides"]) ? service["overrides"] : {};
  const left = without(overrideOf(service, environment) ?? {}, key);
  const others =
    Object.keys(left).length === 0 ? without(overrides, environment) : { ...overrides, [environment]: left };
  return Object.keys(others).length === 0 ? without(service, "overrides") : { ...service, overrides: others };
}

export function without(map: DataMap, key: string): DataMap {
  return Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));
}
