import { keyAt, type Place } from "../text/place.ts";
import type { Matrix } from "./matrix.ts";
import type { Account } from "./world.ts";

/** A service or caller with the account that it runs as in one environment. */
export interface AccountHolder {
  readonly holder: string;
  readonly environment: string;
  readonly account: Account;
  /** Where the account is written, else the holder. */
  readonly place: Place;
  /** Whether Terraform holds the account as a resource. */
  readonly managed: boolean;
}

/** Every account in every environment, with who runs as it. Retired services that are gone hold none. */
export function accountHolders(matrix: Matrix): readonly AccountHolder[] {
  return matrix.worlds.flatMap(({ environment, services, callers }) => [
    ...[...services.values()]
      .filter(({ stage }) => stage !== "gone")
      .map(({ key, account, declared, mode }): AccountHolder => ({
        holder: key,
        environment: environment.name,
        account,
        place: accountPlace(declared.place, declared.value, environment.name),
        managed: mode !== "observe" && account.source === "project" && account.manage !== "reference",
      })),
    ...[...callers.values()].flatMap(({ key, account, declared }): readonly AccountHolder[] =>
      account === undefined
        ? []
        : [
            {
              holder: key,
              environment: environment.name,
              account,
              place: accountPlace(declared.place, declared.value, environment.name),
              managed: account.source === "project" && account.manage !== "reference",
            },
          ],
    ),
  ]);
}

interface MayHaveAccount {
  readonly account?: object;
  readonly serviceAccount?: string;
  readonly overrides?: Readonly<
    Record<string, { readonly account?: object | null; readonly serviceAccount?: unknown }>
  >;
}

function accountPlace({ file, path }: Place, written: MayHaveAccount, environment: string): Place {
  const override = written.overrides?.[environment];
  if (override?.account != null) return keyAt(file, ...path, "overrides", environment, "account");
  if (written.account !== undefined) return keyAt(file, ...path, "account");
  return keyAt(file, ...path, ...(written.serviceAccount === undefined ? [] : ["serviceAccount"]));
}
