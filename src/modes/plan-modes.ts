import { isDataMap } from "../matrix/edit/equal-data.ts";
import { ELSEWHERE_KEY } from "../matrix/model/adopted-text.ts";
import type { Declared, Matrix } from "../matrix/model/matrix.ts";
import { mergeService } from "../matrix/model/resolve-service.ts";
import type { Mode, Service } from "../matrix/schema/generated/document.ts";
import type { Data } from "../matrix/text/parsed-file.ts";
import { elsewhereIn, withoutMarks } from "./elsewhere-marks.ts";
import { type DataMap, overrideOf, withOverride, withoutOverride } from "./override-data.ts";

/** What is asked for. */
export interface WantedModes {
  readonly services: readonly Declared<Service>[];
  readonly mode: Mode;
  /** Undefined: in general, and not in single environments. */
  readonly environments: readonly string[] | undefined;
  /** Whether a row that another Terraform state manages is taken over. */
  readonly takeOver: boolean;
}

/** What changes of one service, and what does not although it was asked for. */
export interface ServicePlan {
  readonly service: string;
  readonly file: string;
  /** The service as it is to be written; undefined where nothing changes. */
  readonly after: DataMap | undefined;
  readonly changes: readonly ModeChange[];
  /** Environments that keep another mode, by an override. */
  readonly kept: readonly { readonly environment: string; readonly mode: Mode }[];
  /** What other states manage of it, where that stands in the way. */
  readonly elsewhere: readonly string[];
}

/** A key of a service that changes; null where it is not there before or after. */
export interface ModeChange {
  readonly key: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What becomes of each service. Pure. */
export function planModes(matrix: Matrix, wanted: WantedModes): readonly ServicePlan[] {
  return wanted.services.map((service) => planService(matrix, service, wanted));
}

function planService(
  matrix: Matrix,
  declared: Declared<Service>,
  { mode, environments: wanted, takeOver }: WantedModes,
): ServicePlan {
  const lives = environmentsOf(matrix, declared.value);
  // A set may have members that are not in all of them.
  const environments = lives.filter((each) => wanted?.includes(each) !== false);
  // The document is data; the generated types cannot say so.
  const before = declared.value as unknown as DataMap;
  const inGeneral = wanted === undefined || environments.length === lives.length;
  const written = inGeneral
    ? withGeneral(before, mode, modeOf(matrix, before), lives)
    : environments.reduce((service, each) => withModeIn(service, each, mode, modeOf(matrix, before)), before);
  const isSet = (each: string): boolean => effective(matrix, written, each) === mode;
  const marked = (mode === "observe" ? [] : lives).filter(
    (each) => elsewhereIn(before, each, ELSEWHERE_KEY).length > 0,
  );
  const taken = marked.filter((each) => environments.includes(each) && isSet(each));
  const after = takeOver ? withoutMarks(written, { taken, lives }) : written;
  const moving = marked.filter((each) => effective(matrix, written, each) !== effective(matrix, before, each));
  const changes = changesOf(before, after);
  return {
    service: declared.key,
    file: declared.place.file,
    after: changes.length === 0 ? undefined : after,
    changes,
    kept: environments
      .map((environment) => ({ environment, mode: effective(matrix, after, environment) }))
      .filter((each) => each.mode !== mode),
    elsewhere: takeOver ? [] : [...new Set(moving.flatMap((each) => elsewhereIn(before, each, ELSEWHERE_KEY)))],
  };
}

/** The environments that a service is in. */
export function environmentsOf({ environments }: Matrix, { environments: own }: Service): readonly string[] {
  return environments.map(({ name }) => name).filter((name) => own?.includes(name) !== false);
}

/** The mode that a service has where no override says otherwise. */
function modeOf({ document }: Matrix, service: DataMap): string {
  const own = service["mode"];
  return typeof own === "string" ? own : (document.defaults?.mode ?? "enforce");
}

function effective({ document }: Matrix, service: DataMap, environment: string): Mode {
  return mergeService(document, service as unknown as Service, environment).mode ?? "enforce";
}

/** The mode in general. Overrides of it that say the same now are redundant. */
function withGeneral(service: DataMap, mode: Mode, general: string, lives: readonly string[]): DataMap {
  const base = general === mode ? service : { ...service, mode };
  return lives.reduce((each, environment) => {
    const override = overrideOf(each, environment);
    // In the only environment that it lives in, an override has no use at all.
    return override?.["mode"] === mode || (override?.["mode"] !== undefined && lives.length === 1)
      ? withoutOverride(each, environment, "mode")
      : each;
  }, base);
}

/** The mode in one environment only. */
function withModeIn(service: DataMap, environment: string, mode: Mode, general: string): DataMap {
  if (general !== mode) return withOverride(service, environment, "mode", mode);
  return overrideOf(service, environment)?.["mode"] === undefined
    ? service
    : withoutOverride(service, environment, "mode");
}

function changesOf(before: DataMap, after: DataMap): readonly ModeChange[] {
  const environments = [before, after].flatMap(({ overrides }) => (isDataMap(overrides) ? Object.keys(overrides) : []));
  const overridden = [...new Set(environments)].sort().flatMap((environment) =>
    ["mode", ELSEWHERE_KEY].map((key): ModeChange => ({
      key: `overrides.${environment}.${key}`,
      from: textOf(overrideOf(before, environment)?.[key]),
      to: textOf(overrideOf(after, environment)?.[key]),
    })),
  );
  return [
    { key: "mode", from: textOf(before["mode"]), to: textOf(after["mode"]) },
    ...overridden,
    { key: ELSEWHERE_KEY, from: textOf(before[ELSEWHERE_KEY]), to: textOf(after[ELSEWHERE_KEY]) },
  ].filter(({ from, to }) => from !== to);
}

function textOf(data: Data | undefined): string | null {
  return data === undefined ? null : typeof data === "string" ? data : JSON.stringify(data);
}
