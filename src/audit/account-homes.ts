import { accountProject } from "../access/account-project.ts";
import { accountHolders } from "../matrix/model/account-holders.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";

/** The emails, in lower case, of all accounts that somebody of one environment runs or calls as. */
export function accountsOf(matrix: Matrix, world: World): ReadonlySet<string> {
  return new Set(accountHolders({ ...matrix, worlds: [world] }).map(({ account }) => account.email.toLowerCase()));
}

/** The projects that these accounts live in: by id, or by the number that is in the address of a default account. */
export function homesOf(matrix: Matrix, world: World): ReadonlySet<string> {
  return new Set([...accountsOf(matrix, world)].flatMap((email) => homeOf(email) ?? []));
}

/** docs: /iam/docs/service-account-types — the project of a domain, `acme.com:web`, is `web.acme.com` in an address. */
function homeOf(email: string): string | undefined {
  const written =
    accountProject(email) ??
    /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1] ??
    /^([^@]+)@appspot\.gserviceaccount\.com$/.exec(email)?.[1];
  const [id = "", ...domain] = written?.split(".") ?? [];
  return written === undefined || domain.length === 0 ? written : `${domain.join(".")}:${id}`;
}
