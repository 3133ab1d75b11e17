import type { Environment } from "../matrix/model/environment.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { resolveService } from "../matrix/model/resolve-service.ts";
import type { Service as ResolvedService } from "../matrix/model/world.ts";
import type { Service } from "../matrix/schema/generated/document.ts";
import { keyAt } from "../matrix/text/place.ts";
import { compareText } from "../words/compare-text.ts";
import type { Keyed } from "./assign-keys.ts";
import { differingSettings, type Wanted } from "./differing-settings.ts";
import type { MatrixDraft } from "./matrix-draft.ts";

/** Where services that are new are written, and what is written of their owners. */
export interface Filing {
  readonly fileOf: (keyed: Keyed) => string;
  readonly ownerOf: (keyed: Keyed) => string;
}

export interface ServiceScope extends Filing {
  readonly draft: MatrixDraft;
  /** The matrix with the environment written, and nothing else of it. */
  readonly matrix: Matrix;
  readonly environment: Environment;
  /** Whether the environment was not in the matrix before. */
  readonly isNew: boolean;
  readonly wantedOf: (keyed: Keyed) => Wanted;
  /** Services that may be there and were not read: nothing is said of them. */
  readonly left: ReadonlySet<string>;
  /** Provenance, for services that are new. */
  readonly commentOf: (keyed: Keyed) => readonly string[];
}

/** A setting that was changed, in words. */
export interface SettingChange {
  readonly service: string;
  readonly fields: readonly string[];
}

/** What adopting services did. */
export interface ServiceChanges {
  readonly added: readonly string[];
  readonly changed: readonly SettingChange[];
  /** Services that the matrix has here and that are not there. */
  readonly absent: readonly string[];
}

/** Writes every service that was found, as it is in this environment: what differs from elsewhere goes to its overrides. */
export function adoptServices(scope: ServiceScope, found: readonly Keyed[]): ServiceChanges {
  const { draft, environment, isNew } = scope;
  const names = [...draft.environments.keys()].filter((name) => !name.startsWith("x-"));
  const foundKeys = new Set(found.map(({ key }) => key));
  const added: string[] = [];
  const changed: SettingChange[] = [];
  for (const keyed of found) {
    const before = draft.services.get(keyed.key);
    const was = before === undefined ? [] : homesOf(before.value, names, isNew ? environment.name : undefined);
    const isHere = was.includes(environment.name);
    const homes = names.filter((name) => name === environment.name || was.includes(name));
    const placed = withHomes(before?.value ?? { owner: scope.ownerOf(keyed) }, homes, names);
    const { service, fields } = withSettings(scope, keyed, placed, { homes, isHere });
    const file = before?.file ?? scope.fileOf(keyed);
    if (before === undefined) draft.comment(file, ["services", keyed.key], scope.commentOf(keyed));
    draft.setService(keyed.key, service, file);
    if (!isHere) added.push(keyed.key);
    else if (fields.length > 0) changed.push({ service: keyed.key, fields });
  }
  return {
    added,
    changed,
    absent: isNew ? leaveOut(scope, names, foundKeys) : absentIn(scope, new Set([...foundKeys, ...scope.left])),
  };
}

/** In a new environment, services of the others are only where they were found. */
function leaveOut(
  { draft, environment }: ServiceScope,
  names: readonly string[],
  found: ReadonlySet<string>,
): readonly string[] {
  for (const [key, { value, file }] of draft.services) {
    if (found.has(key) || value.environments !== undefined || key.startsWith("x-")) continue;
    draft.setService(
      key,
      withHomes(
        value,
        names.filter((name) => name !== environment.name),
        names,
      ),
      file,
    );
  }
  return [];
}

function absentIn({ matrix, environment }: ServiceScope, found: ReadonlySet<string>): readonly string[] {
  const world = matrix.worlds.find((each) => each.environment.name === environment.name);
  return [...(world?.services.values() ?? [])]
    .filter(({ key, stage }) => stage === "live" && !found.has(key))
    .map(({ key }) => key)
    .sort(compareText);
}

/** The environments that a service is in; those that it does not name, but for a new one, where it names none. */
function homesOf({ environments }: Service, names: readonly string[], added: string | undefined): readonly string[] {
  return names.filter((name) => (environments === undefined ? name !== added : environments.includes(name)));
}

/** A service in these environments. Who is everywhere says nothing. */
function withHomes(service: Service, homes: readonly string[], names: readonly string[]): Service {
  const { environments, ...rest } = service;
  if (environments?.length === homes.length && homes.every((name) => environments.includes(name))) return service;
  return names.every((name) => homes.includes(name)) ? rest : { ...rest, environments: homes };
}

/** A service with what was found laid over it: in the environment's overrides where it is elsewhere as well. */
function withSettings(
  { matrix, environment, wantedOf }: ServiceScope,
  keyed: Keyed,
  service: Service,
  { homes, isHere }: { readonly homes: readonly string[]; readonly isHere: boolean },
): { readonly service: Service; readonly fields: readonly string[] } {
  const wanted = wantedOf(keyed);
  const resolved = resolveAs(matrix, keyed.key, service, environment);
  if (resolved === undefined) return { service, fields: [] };
  // Overrides that are written win over what lies below them.
  const isAlone = homes.length <= 1 && service.overrides?.[environment.name] === undefined;
  const settings = differingSettings(resolved, wanted, { environment, isHere, isOverride: !isAlone, key: keyed.key });
  const fields = Object.keys(settings);
  if (fields.length === 0) return { service, fields };
  if (isAlone) return { service: merge(service, settings), fields };
  const override = merge(service.overrides?.[environment.name] ?? {}, settings);
  return { service: { ...service, overrides: { ...service.overrides, [environment.name]: override } }, fields };
}

/** Settings over what is written. Unset is left away where nothing lies below, and null in overrides. */
function merge<T extends object>(written: T, settings: object): T {
  const entries = Object.entries({ ...written, ...settings }).filter(([, value]) => value !== undefined);
  // The same keys as before, or ones that services and their overrides have.
  return Object.fromEntries(entries) as T;
}

export function resolveAs(
  { document, asOf, root }: Matrix,
  key: string,
  value: Service,
  environment: Environment,
): ResolvedService | undefined {
  return resolveService(document, { key, value, place: keyAt(root, "services", key) }, environment, asOf);
}
