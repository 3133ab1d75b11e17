import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import { type Shown, shownAs } from "../verify/plan-probes.ts";
import { nearestName } from "../words/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The callers that --as names, in order, each once.
 * @throws UsageError where one is none, or has no account
 */
export function findShown(names: readonly string[], matrix: Matrix, world: World): readonly Shown[] {
  return [...new Set(names)].sort().map((name) => {
    const found = world.services.get(name) ?? world.callers.get(name);
    if (found === undefined) throw notFound(name, matrix, world, "service or caller");
    const shown = shownAs(found);
    if (shown === undefined)
      throw new UsageError(
        `${name} is a ${found.kind}, and only service accounts can be impersonated`,
        "name a service, or a caller that has an account",
      );
    return shown;
  });
}

/**
 * The services that --service names; undefined where it does not name any.
 * @throws UsageError where one is none
 */
export function findOnly(
  names: readonly string[] | undefined,
  matrix: Matrix,
  world: World,
): ReadonlySet<string> | undefined {
  if (names === undefined) return undefined;
  return new Set(
    names.flatMap((name) => {
      const meant = matrix.expand(name).filter((each) => world.services.has(each));
      if (meant.length === 0) throw notFound(name, matrix, world, "service");
      return meant;
    }),
  );
}

/** Nothing that names a host, as two slashes or a backslash at the start do, and nothing that a terminal or shell would take for its own. */
const plainPath = /^\/(?!\/)[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/;

/**
 * What --path says: of services, and of all others.
 * @throws UsageError where one is not a path
 */
export function readPaths(
  given: readonly string[],
  matrix: Matrix,
  world: World,
): { readonly of: ReadonlyMap<string, string>; readonly others: string } {
  const of = new Map<string, string>();
  let others = "/";
  for (const each of given) {
    const cut = each.startsWith("/") ? -1 : each.indexOf("=");
    const [name, path] = [each.slice(0, Math.max(cut, 0)), each.slice(cut + 1)];
    if (!plainPath.test(path))
      throw new UsageError(`--path ${each} is not a path`, "write it like /healthz or SERVICE=/healthz");
    if (name === "") others = path;
    else if (world.services.has(name)) of.set(name, path);
    else throw notFound(name, matrix, world, "service");
  }
  return { of, others };
}

function notFound(name: string, { names }: Matrix, { environment, services }: World, what: string): UsageError {
  if (names.has(name))
    return new UsageError(`${name} is no ${what} in ${environment.name}`, "name another, or another --env");
  const near = nearestName(name, what === "service" ? services.keys() : names.keys());
  return new UsageError(
    `no ${what} is called "${name}"`,
    near === undefined ? "matrix list shows what there is" : `did you mean "${near}"?`,
  );
}
