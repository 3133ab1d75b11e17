import { calleeKinds } from "../callees/registry.ts";
import { callerKinds } from "../callers/registry.ts";
import type { LiveView } from "../drift/view-live.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { Caller, Edge, Service, World } from "../matrix/model/world.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import type { Instant } from "../time/instant.ts";
import { findEndpoints } from "./find-endpoints.ts";
import { tokenWay } from "./token-way-of.ts";
import { endpointSettings, isForAll, wireSetting } from "./wire-settings.ts";
import type { Call, Credential, Endpoint, LeftOut } from "./wiring-report.ts";

interface Given {
  readonly world: World;
  readonly asOf: Instant;
  readonly live: LiveView | undefined;
}

const headers = {
  "id-token": "Authorization: Bearer ID_TOKEN",
  "access-token": "Authorization: Bearer ACCESS_TOKEN",
  proxy: null,
} as const satisfies Readonly<Record<Credential, string | null>>;

/** Whom a service or caller may call, by callee. */
export function wireCalls(caller: Service | Caller, { world, asOf, live }: Given): readonly Call[] {
  const { way } = tokenWay(caller.kind);
  return world.holding.flatMap((edge) => {
    const callee = edge.caller === caller.key ? world.services.get(edge.callee) : undefined;
    if (callee === undefined) return [];
    const credential = credentialOf(edge, callee);
    const { clause } = edge;
    const email = caller.account?.email;
    const endpoints = findEndpoints({ callee, credential, way, email, principals: principalsOf(caller, asOf), live });
    return {
      callee: callee.key,
      kind: callee.kind,
      mode: callee.mode,
      role: credential === "proxy" ? ACCESSOR_ROLE : callee.invokerRole,
      reason: clause.reason ?? null,
      expires: clause.expires ?? null,
      through: clause.through ?? null,
      proxy: callee.iap ?? null,
      credential,
      header: headers[credential],
      endpoints: "principal" in caller ? withSettings(caller, callee, endpoints, credential) : endpoints,
      notes: notesOn(edge, callee, caller),
    };
  });
}

/** Edges of a caller that stand in the matrix and have no effect. */
export function leftOut(key: string, { idle }: World): readonly LeftOut[] {
  return idle
    .filter(({ edge }) => edge.caller === key)
    .map(({ edge, why }) => ({ callee: edge.callee, why, expires: edge.clause.expires ?? null }));
}

function credentialOf({ clause }: Edge, { kind }: Service): Credential {
  if (clause.through === "iap") return "proxy";
  // A public service, too: whoever sends tokens already gets in on the day on which it is public no more.
  return calleeKinds[kind].credential;
}

function principalsOf(
  caller: Service | Caller,
  asOf: Instant,
): readonly { readonly principal: string; readonly previous: boolean }[] {
  if ("principal" in caller) return [{ principal: caller.principal, previous: false }];
  const open = caller.previousAccounts.filter((each) => mayStillCall(each, asOf));
  return [
    { principal: `serviceAccount:${caller.account.email.toLowerCase()}`, previous: false },
    ...open.map(({ email }) => ({ principal: `serviceAccount:${email.toLowerCase()}`, previous: true })),
  ];
}

/** What a product of Google is set to, for each endpoint. A proxy wants an audience that the matrix does not know. */
function withSettings(
  caller: Caller,
  { kind }: Service,
  endpoints: readonly Endpoint[],
  credential: Credential,
): readonly Endpoint[] {
  if (credential === "proxy") return endpoints;
  const isSet = tokenWay(caller.kind).way === "setting";
  return endpoints.map((endpoint) => {
    const settings = endpointSettings(caller, { kind }, endpoint);
    return {
      ...endpoint,
      settings: (settings ?? []).filter((each) => !isForAll(each, endpoint)).map(wireSetting),
      notes: [...endpoint.notes, ...(isSet && settings?.length === 0 ? [NO_SETTING] : [])],
    };
  });
}

const NO_SETTING =
  "no setting calls it: the caller sends ID tokens, and this takes an access token; let a workflow or a service stand between";

/** A proxy's policy on a load balancer hangs on its backend service. docs: /iap/docs/managing-access */
const ACCESSOR_ROLE = "roles/iap.httpsResourceAccessor";

function accessorCommand(project: string, principal: string): string {
  const on = ["--resource-type", "backend-services", "--service", "BACKEND", "--project", project];
  const what = ["--role", ACCESSOR_ROLE, "--member", principal];
  return shellCommand(["gcloud", "iap", "web", "add-iam-policy-binding", ...on, ...what]);
}

/** docs: /iap/docs/authentication-howto — a program asks for the client's audience, a person signs in. */
const PROGRAM =
  "Identity-Aware Proxy answers: the audience is the client id of its OAuth client, not the URL of the service; the matrix does not know it, so ask whoever set the proxy up for it";
const PERSON = "Identity-Aware Proxy answers: people open it in the browser and sign in";

/** docs: /run/docs/securing/identity-aware-proxy-cloud-run, /run/docs/configuring/custom-audiences */
function notesOn({ clause }: Edge, callee: Service, caller: Service | Caller): readonly string[] {
  const principal = "principal" in caller ? caller.principal : `serviceAccount:${caller.account.email.toLowerCase()}`;
  const isPerson = "principal" in caller && callerKinds[caller.kind].nature === "people";
  return [
    ...(clause.through === "iap" ? [isPerson ? PERSON : PROGRAM, ...accessorNotes(callee, principal)] : []),
    ...ingressNotes(clause.through, callee, caller),
    ...(clause.through !== "iap" && callee.iap === "service"
      ? ["Identity-Aware Proxy stands on the service and checks this call first"]
      : []),
    ...(callee.public === undefined ? [] : ["it is public: calls without a token get in as well"]),
    ...(callee.stage === "planned" ? ["it is planned here: its row comes once it is deployed"] : []),
    ...(callee.mode === "observe" ? ["it is only observed: synth grants nothing on it"] : []),
    ...calleeKinds[callee.kind].notes,
  ];
}

/** Ingress answers before anything else does. docs: /run/docs/securing/ingress */
function ingressNotes(
  through: Edge["clause"]["through"],
  { kind, ingress, project }: Service,
  caller: Service | Caller,
): readonly string[] {
  if (!("principal" in caller) || !calleeKinds[kind].takesRequests || ingress === "all") return [];
  const { origin } = callerKinds[caller.kind];
  const isOutside =
    origin === "internet" || (origin === "project" && caller.home !== undefined && caller.home.id !== project.id);
  if (!isOutside) return [];
  const from = origin === "internet" ? "the internet" : "another project";
  if (ingress === "internal") return [`its ingress is internal: calls from ${from} get 404`];
  return through === "iap"
    ? []
    : [`its ingress takes calls from ${from} at its load balancer alone: at its run.app URL they get 404`];
}

function accessorNotes({ iap, mode, stage, project }: Service, principal: string): readonly string[] {
  if (iap === "load-balancer")
    return [
      `the caller needs roles/iap.httpsResourceAccessor on the load balancer, which is in no matrix: ${accessorCommand(project.id, principal)}`,
    ];
  return mode === "observe" || stage === "planned"
    ? []
    : [
        "matrix synth grants the caller roles/iap.httpsResourceAccessor on it, and the proxy's agent the role of its row",
      ];
}
