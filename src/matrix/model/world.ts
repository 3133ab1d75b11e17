import type { Instant } from "../../time/instant.ts";
import type { Ingress, InvokerRole, Kind, Manage, Mode } from "../schema/generated/document.ts";
import type { Clause, Declared, DeclaredEdge } from "./matrix.ts";
import type { Caller as CallerDocument, Service as ServiceDocument } from "../schema/generated/document.ts";
import type { Environment, Project } from "./environment.ts";

/** What the matrix declares for one environment: defaults, overrides and sets resolved. */
export interface World {
  readonly environment: Environment;
  readonly services: ReadonlyMap<string, Service>;
  readonly callers: ReadonlyMap<string, Caller>;
  /** By callee, then caller. */
  readonly edges: readonly Edge[];
  /** Of these, the ones that hold at the matrix's moment, and the ones that do not. */
  readonly holding: readonly Edge[];
  readonly idle: readonly IdleEdge[];
  /** The edge at which sets multiplied beyond all measure; the edges from there on are missing. */
  readonly overflow: DeclaredEdge | undefined;
}

/** A service account, by where it comes from. */
export type Account =
  | {
      readonly source: "project";
      readonly id: string;
      readonly project: Project;
      readonly email: string;
      readonly manage: Manage;
    }
  | { readonly source: "elsewhere"; readonly email: string };

export interface PreviousAccount {
  readonly email: string;
  readonly until: string;
  /** The moment from which it may no longer call. */
  readonly end: Instant | undefined;
}

/** live: deployed. planned: gets its account, not its row. retiring: row emptied, account disabled. gone: not in Terraform. */
export type Stage = "live" | "planned" | "retiring" | "gone";

/** A service in one environment. */
export interface Service {
  readonly key: string;
  readonly declared: Declared<ServiceDocument>;
  readonly kind: Kind;
  readonly owner: string | undefined;
  readonly description: string | undefined;
  readonly labels: Labels;
  readonly project: Project;
  readonly regions: readonly string[];
  /** The Cloud Run id. */
  readonly name: string;
  readonly account: Account;
  readonly previousAccounts: readonly PreviousAccount[];
  readonly ingress: Ingress;
  readonly public: { readonly reason: string | undefined; readonly via: "allUsers" | "no-invoker-check" } | undefined;
  readonly iap: "service" | "load-balancer" | undefined;
  readonly invokerRole: InvokerRole;
  readonly mode: Mode;
  readonly image: string | undefined;
  readonly formerNames: readonly string[];
  readonly stage: Stage;
}

/** An identity that calls and is no service here, in one environment. */
export interface Caller {
  readonly key: string;
  readonly declared: Declared<CallerDocument>;
  readonly kind: CallerKind;
  /** What is written of it, with the environment's overrides laid over. */
  readonly written: CallerDocument;
  /** Where its account, and a pool for it, would be made. Undefined for people and for accounts. */
  readonly home: Project | undefined;
  readonly owner: string | undefined;
  readonly description: string | undefined;
  readonly labels: Labels;
  /** The service account that it calls as; none for people and groups. */
  readonly account: Account | undefined;
  /** The member as IAM writes it. */
  readonly principal: string;
}

export type CallerKind = keyof Omit<
  CallerDocument,
  "owner" | "description" | "labels" | "environments" | "account" | "overrides"
>;

export type Labels = Readonly<Record<string, string>>;

/** One caller may call one callee in this environment, and why. */
export interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly clause: Clause;
}

/** An edge that is declared and has no effect. */
export interface IdleEdge {
  readonly edge: Edge;
  readonly why: "expired" | "retired";
}
