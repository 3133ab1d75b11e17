import { isDataMap } from "../matrix/edit/equal-data.ts";
import { ELSEWHERE_KEY } from "../matrix/model/adopted-text.ts";
import type { Declared, Matrix } from "../matrix/model/matrix.ts";
import { mergeService } from "../matrix/model/resolve-service.ts";
import type { Mode, Service } from "../matrix/schema/generated/document.ts";
import type { Data } from "../matrix/text/parsed-file.ts";
import { elsewhereOf } from "./list-modes.ts";

type DataMap = { readonly [key: string]: Data };

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
  { mode, environments, takeOver }: WantedModes,
): ServicePlan {
  const lives = environmentsOf(matrix, declared.value);
  // The document is data; the generated types cannot say so.
  const before = declared.value as unknown as DataMap;
  const inGeneral = environments === undefined || lives.every((each) => environments.includes(each));
  const written = inGeneral
    ? withGeneral(before, mode, modeOf(matrix, before), lives)
    : environments.reduce((service, each) => withOverride(service, each, mode, modeOf(matrix, before)), before);
  const isMoving = lives.some((each) => effective(matrix, written, each) !== effective(matrix, before, each));
  const marks = mode === "observe" ? [] : elsewhereOf({ declared });
  const after = marks.length > 0 && takeOver ? without(written, ELSEWHERE_KEY) : written;
  const changes = changesOf(before, after);
  return {
    service: declared.key,
    file: declared.place.file,
    after: changes.length === 0 ? undefined : after,
    changes,
    kept: lives
      .filter((each) => environments === undefined || environments.includes(each))
      .map((environment) => ({ environment, mode: effective(matrix, after, environment) }))
      .filter((each) => each.mode !== mode),
    elsewhere: takeOver || !isMoving ? [] : marks,
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
      ? withoutOverride(each, environment)
      : each;
  }, base);
}

function withOverride(service: DataMap, environment: string, mode: Mode, general: string): DataMap {
  const override = overrideOf(service, environment);
  if (general === mode) return override?.["mode"] === undefined ? service : withoutOverride(service, environment);
  const overrides = isDataMap(service["overrides"]) ? service["overrides"] : {};
  return { ...service, overrides: { ...overrides, [environment]: { ...override, mode } } };
}

function overrideOf(service: DataMap, environment: string): DataMap | undefined {
  const overrides = service["overrides"];
  const override = isDataMap(overrides) && Object.hasOwn(overrides, environment) ? overrides[environment] : undefined;
  return isDataMap(override) ? override : undefined;
}

/** Without the mode of an override, and without what holds nothing then. */
function withoutOverride(service: DataMap, environment: string): DataMap {
  const overrides = isDataMap(service["overrides"]) ? service["overrides"] : {};
  const left = without(overrideOf(service, environment) ?? {}, "mode");
  const others =
    Object.keys(left).length === 0 ? without(overrides, environment) : { ...overrides, [environment]: left };
  return Object.keys(others).length === 0 ? without(service, "overrides") : { ...service, overrides: others };
}

function without(map: DataMap, key: string): DataMap {
  return Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));
}

function changesOf(before: DataMap, after: DataMap): readonly ModeChange[] {
  const environments = [before, after].flatMap(({ overrides }) => (isDataMap(overrides) ? Object.keys(overrides) : []));
  const overridden = [...new Set(environments)].sort().map((environment): ModeChange => ({
    key: `overrides.${environment}.mode`,
    from: textOf(overrideOf(before, environment)?.["mode"]),
    to: textOf(overrideOf(after, environment)?.["mode"]),
  }));
  const mark = Object.hasOwn(before, ELSEWHERE_KEY) && !Object.hasOwn(after, ELSEWHERE_KEY);
  return [
    { key: "mode", from: textOf(before["mode"]), to: textOf(after["mode"]) },
    ...overridden,
    ...(mark ? [{ key: ELSEWHERE_KEY, from: "", to: null }] : []),
  ].filter(({ from, to }) => from !== to);
}

function textOf(data: Data | undefined): string | null {
  return data === undefined ? null : typeof data === "string" ? data : JSON.stringify(data);
}
