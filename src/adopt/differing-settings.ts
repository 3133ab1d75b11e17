import { calleeKinds } from "../callees/registry.ts";
import type { Environment } from "../matrix/model/environment.ts";
import { findProject } from "../matrix/model/environment.ts";
import type { Service as ResolvedService } from "../matrix/model/world.ts";
import type {
  Account,
  Ingress,
  InvokerRole,
  Kind,
  Mode,
  Public,
  Service,
} from "../matrix/schema/generated/document.ts";
import { ELSEWHERE_ACCOUNT_KEY, ELSEWHERE_KEY, isAdopted } from "../matrix/model/adopted-text.ts";

/** What was found of a service, as settings of the language. */
export interface Wanted {
  readonly kind: Kind;
  /** The project's id. */
  readonly project: string;
  readonly regions: readonly string[];
  readonly name: string;
  readonly account: Account;
  /** The email that it runs as; undefined where that is not known. */
  readonly email: string | undefined;
  /** Undefined where the language has no word for it, and for jobs. */
  readonly ingress: Ingress | undefined;
  readonly public: Public | undefined;
  readonly iap: boolean;
  readonly role: InvokerRole;
  readonly mode: Mode;
  /** What of other Terraform states manages its row. */
  readonly rowElsewhere: readonly string[];
  /** What of them manages its account. */
  readonly accountElsewhere: readonly string[];
}

interface Where {
  readonly environment: Environment;
  /** Whether the matrix has the service in this environment already. */
  readonly isHere: boolean;
  /** Whether other settings lie below, so that unset must be written as null. */
  readonly isOverride: boolean;
  readonly key: string;
}

/** Keys of the language end where these begin: what other Terraform states manage, for adopt and modes. */
type MarkKey = typeof ELSEWHERE_KEY | typeof ELSEWHERE_ACCOUNT_KEY;

type Settings = { readonly [K in keyof Service]?: Service[K] | null | undefined };

/** The settings that make a service what was found, where it is not: with null or undefined for what it must not have. */
export function differingSettings(now: ResolvedService, wanted: Wanted, where: Where): Settings {
  const { environment, isHere } = where;
  const { takesRequests } = calleeKinds[wanted.kind];
  const unset = where.isOverride ? null : undefined;
  const alias = environment.projects.find(({ id }) => id === wanted.project)?.alias;
  // A person's word that everybody may call it is no error of theirs: drift says that it is closed.
  const isKept = isHere && wanted.public === undefined && now.public !== undefined && !isAdopted(now.public.reason);
  const isDefault = findProject(environment, undefined)?.id === wanted.project;
  // What a guardrail forbids is not written down as meant: drift goes on saying that it is so.
  const { "allowed-ingress": allowed, "require-invoker-check": isChecked } = environment.guardrails;
  const isAllowed = wanted.ingress !== undefined && allowed?.includes(wanted.ingress) !== false;
  const isForbidden = isChecked === true && wanted.public?.via === "no-invoker-check";
  const mark = (key: MarkKey, owners: readonly string[]): readonly [MarkKey, unknown, boolean] => [
    key,
    owners,
    owners.length > 0 && !hasMark(now, key, owners, environment.name),
  ];
  const settings: readonly (readonly [keyof Service | MarkKey, unknown, boolean])[] = [
    ["kind", wanted.kind === "service" ? unset : wanted.kind, now.kind !== wanted.kind],
    ["project", isDefault && !where.isOverride ? undefined : alias, now.project.id !== wanted.project],
    ["regions", wanted.regions, !isSameList(now.regions, wanted.regions)],
    ["name", wanted.name === where.key && !where.isOverride ? undefined : wanted.name, now.name !== wanted.name],
    ["account", overAccount(now, wanted.account, where), hasOtherAccount(now, wanted, isHere)],
    ["ingress", wanted.ingress, takesRequests && isAllowed && now.ingress !== wanted.ingress],
    [
      "public",
      overPublic(wanted.public, where) ?? unset,
      now.public?.via !== viaOf(wanted.public) && !isKept && !isForbidden,
    ],
    [
      "iap",
      wanted.iap ? "service" : unset,
      wanted.iap !== (now.iap === "service") && (wanted.iap || now.iap === "service"),
    ],
    ["invokerRole", wanted.role, now.invokerRole !== wanted.role],
    ["mode", wanted.mode, now.mode !== wanted.mode && isModeOpen(now, wanted, where)],
    mark(ELSEWHERE_KEY, wanted.rowElsewhere),
    mark(ELSEWHERE_ACCOUNT_KEY, wanted.accountElsewhere),
  ];
  return Object.fromEntries(settings.flatMap(([key, value, differs]) => (differs ? [[key, value]] : [])));
}

/**
 * Whether the mode may be written: how far somebody has come on the ladder is theirs. Where nobody wrote a mode, defaults
 * that only observe are kept, and a row that another state manages is let go of.
 */
function isModeOpen(
  { mode, declared: { value } }: ResolvedService,
  { rowElsewhere }: Wanted,
  { environment, isHere }: Where,
): boolean {
  const isWritten = (value.overrides?.[environment.name]?.mode ?? value.mode) !== undefined;
  return isHere ? !isWritten && rowElsewhere.length > 0 : isWritten || mode !== "observe";
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join() === b.toSorted().join();
}

function viaOf(written: Public | undefined): string | undefined {
  return written === undefined ? undefined : (written.via ?? "allUsers");
}

/** A move that somebody has declared and not finished yet is theirs: `create`, or a previous account. */
function hasOtherAccount(
  { account, previousAccounts, stage }: ResolvedService,
  wanted: Wanted,
  isHere: boolean,
): boolean {
  if (account.email === wanted.email || wanted.email === undefined) {
    const manage = account.source === "project" ? account.manage : undefined;
    // Nobody else's account is imported.
    const isTaken = manage === "adopt" && wanted.account.manage === "reference" && wanted.accountElsewhere.length > 0;
    return (!isHere || isTaken) && manage !== wanted.account.manage;
  }
  const isMoving = isHere && account.source === "project" && account.manage === "create";
  const isPrevious = previousAccounts.some(({ email }) => email.toLowerCase() === wanted.email);
  return !(isHere && (isMoving || isPrevious || stage !== "live"));
}

/** Maps merge deep, so an override says what of the account below it does not hold. */
function overAccount({ declared }: ResolvedService, wanted: Account, { isOverride }: Where): object {
  if (!isOverride) return wanted;
  const below = Object.keys(declared.value.account ?? {}).filter((key) => !(key in wanted));
  return { ...Object.fromEntries(below.map((key) => [key, null])), ...wanted };
}

function overPublic(wanted: Public | undefined, { isOverride }: Where): Public | undefined {
  return isOverride && wanted !== undefined ? { ...wanted, via: wanted.via ?? "allUsers" } : wanted;
}

function hasMark(
  { declared: { value } }: ResolvedService,
  key: MarkKey,
  owners: readonly string[],
  environment: string,
): boolean {
  return [value, value.overrides?.[environment]].some(
    (written) =>
      // Keys that start with x- are no part of the language's types.
      JSON.stringify((written as { readonly [key: string]: unknown } | undefined)?.[key]) === JSON.stringify(owners),
  );
}
