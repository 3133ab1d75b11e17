import type { AccountHolder } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import { kindOf } from "../model/resolve-caller.ts";
import type { Caller, Service } from "../model/world.ts";
import { type Place, valueAt } from "../text/place.ts";

type WrittenAccount = Readonly<Partial<Record<"email" | "id", string | null>>> | null;

interface Written {
  readonly account?: WrittenAccount;
  readonly serviceAccount?: unknown;
  readonly overrides?: Readonly<
    Record<string, { readonly account?: WrittenAccount; readonly serviceAccount?: unknown }>
  >;
}

/** Where the id or email of an account is written, else who runs as it. */
export function accountPlace({ names }: Matrix, { holder, environment, account, place }: AccountHolder): Place {
  const declared = names.get(holder);
  if (declared === undefined || declared.section === "sets") return place;
  const { file, path } = declared.place;
  const value: Written = declared.value;
  const override = value.overrides?.[environment];
  const field = account.source === "project" ? "id" : "email";
  if (override?.account?.[field] != null) return valueAt(file, ...path, "overrides", environment, "account", field);
  if (typeof override?.serviceAccount === "string")
    return valueAt(file, ...path, "overrides", environment, "serviceAccount");
  if (value.account?.[field] != null) return valueAt(file, ...path, "account", field);
  return typeof value.serviceAccount === "string" ? valueAt(file, ...path, "serviceAccount") : declared.place;
}

/** Where the email of a previous account is written. */
export function previousAccountPlace({ declared }: Service, environment: string, index: number): Place {
  const { file, path } = declared.place;
  const isOverridden = declared.value.overrides?.[environment]?.previousAccounts != null;
  const list = isOverridden ? ["overrides", environment, "previousAccounts"] : ["previousAccounts"];
  return valueAt(file, ...path, ...list, index, "email");
}

/** Where it is written who a caller is. */
export function identityPlace({ declared, kind }: Caller, environment: string): Place {
  const { file, path } = declared.place;
  const override = declared.value.overrides?.[environment];
  return override !== undefined && kindOf(override as typeof declared.value) === kind
    ? valueAt(file, ...path, "overrides", environment, kind)
    : valueAt(file, ...path, kind);
}
