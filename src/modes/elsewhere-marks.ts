import { ELSEWHERE_KEY, type ELSEWHERE_ACCOUNT_KEY } from "../matrix/model/adopted-text.ts";
import type { Data } from "../matrix/text/parsed-file.ts";
import { type DataMap, overrideOf, without, withOverride, withoutOverride } from "./override-data.ts";

/**
 * What other Terraform states manage of a service in one environment: by the mark of the service, which is about all
 * environments, and by that of the override. The keys are none of the language, so anything may stand there.
 */
export function elsewhereIn(
  service: DataMap,
  environment: string,
  key: typeof ELSEWHERE_KEY | typeof ELSEWHERE_ACCOUNT_KEY,
): readonly string[] {
  const texts = [service, overrideOf(service, environment)].flatMap((each) => itemsOf(each?.[key]));
  return [...new Set(texts.map((text) => (typeof text === "string" ? text : JSON.stringify(text))))];
}

/**
 * Without the mark of the row in some environments. Where a service is in others too, the mark that was about all goes
 * to the overrides of these: their rows are not taken over.
 */
export function withoutMarks(
  service: DataMap,
  { taken, lives }: { readonly taken: readonly string[]; readonly lives: readonly string[] },
): DataMap {
  const general = itemsOf(service[ELSEWHERE_KEY]);
  const others = general.length === 0 ? [] : lives.filter((each) => !taken.includes(each));
  const moved = others.reduce((each, environment) => {
    const own = itemsOf(overrideOf(each, environment)?.[ELSEWHERE_KEY]);
    return withOverride(each, environment, ELSEWHERE_KEY, [...new Set([...general, ...own])]);
  }, service);
  const bare = taken.length > 0 ? without(moved, ELSEWHERE_KEY) : service;
  return taken.reduce(
    (each, environment) =>
      overrideOf(each, environment)?.[ELSEWHERE_KEY] === undefined
        ? each
        : withoutOverride(each, environment, ELSEWHERE_KEY),
    bare,
  );
}

function itemsOf(mark: Data | undefined): readonly Data[] {
  if (mark === undefined || mark === null) return [];
  return Array.isArray(mark) ? (mark as readonly Data[]) : [mark];
}
