import type { LiveView } from "../drift/view-live.ts";
import { ELSEWHERE_ACCOUNT_KEY, ELSEWHERE_KEY } from "../matrix/model/adopted-text.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { rowMembers } from "../matrix/model/row-members.ts";
import type { World } from "../matrix/model/world.ts";
import type { Mode } from "../matrix/schema/generated/document.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { formatInstant } from "../time/instant.ts";
import { accountPlace } from "./account-place.ts";
import { activityReader } from "./activity.ts";
import { elsewhereIn } from "./elsewhere-marks.ts";
import type { EnvironmentModes, ModesReport, RowStep, ServiceModes } from "./modes-report.ts";
import type { DataMap } from "./override-data.ts";
import { isAsDeclared, rowPlace } from "./row-place.ts";

export interface ModesQuestion {
  readonly matrix: Matrix;
  /** The root file, as it is shown. */
  readonly name: string;
  /** What is declared for each environment that is asked for. */
  readonly worlds: readonly World[];
  readonly live: { readonly snapshot: Snapshot; readonly view: LiveView } | undefined;
}

/** Of a row that is enforced, the next apply is all there is to come. */
const nextMode: Readonly<Record<Mode, RowStep["to"]>> = { observe: "add", add: "enforce", enforce: "enforce" };

/** The mode of each service, and what one step up would do. Pure. */
export function listModes(question: ModesQuestion): ModesReport {
  const { matrix, name, worlds, live } = question;
  const environments = worlds.map((world) => environmentModes(question, world));
  const places = environments.flatMap(({ services }) => services.flatMap(({ row }) => row?.places ?? []));
  return {
    matrix: name,
    asOf: formatInstant(matrix.asOf),
    snapshot: live === undefined ? null : { finishedAt: live.snapshot.finishedAt, sha256: live.snapshot.sha256 },
    complete: places.every((place) => place.live === "read" || place.live === "absent"),
    environments,
  };
}

function environmentModes({ matrix, live }: ModesQuestion, world: World): EnvironmentModes {
  const members = rowMembers(world, matrix.asOf);
  const names = new CallerNames(world);
  const activityOf = live === undefined ? undefined : activityReader(live.snapshot);
  const accounts = accountPlace(matrix, world, live?.view);
  const services = [...world.services.values()].flatMap((service): readonly ServiceModes[] => {
    const { key, owner, mode, stage, declared } = service;
    if (stage === "gone") return [];
    const places =
      live === undefined || activityOf === undefined
        ? undefined
        : service.regions.map((region) =>
            rowPlace(live.view.find(service, region), {
              service,
              region,
              declared: members.get(key) ?? [],
              names,
              activityOf,
            }),
          );
    const isThere = mode === "enforce" && (places === undefined || places.every(isAsDeclared));
    const row: RowStep | undefined =
      stage === "planned" || isThere ? undefined : { to: nextMode[mode], role: service.invokerRole, places };
    // The document is data; the generated types cannot say so.
    const data = declared.value as unknown as DataMap;
    const name = world.environment.name;
    return [
      {
        service: key,
        owner,
        mode,
        stage,
        elsewhere: elsewhereIn(data, name, ELSEWHERE_KEY),
        row,
        account: { ...accounts(service), elsewhere: elsewhereIn(data, name, ELSEWHERE_ACCOUNT_KEY) },
      },
    ];
  });
  const count = (mode: Mode): number => services.filter((service) => service.mode === mode).length;
  return {
    environment: world.environment.name,
    summary: { observe: count("observe"), add: count("add"), enforce: count("enforce") },
    services,
  };
}
