import type { LiveView } from "../drift/view-live.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { Caller, Edge, Service, World } from "../matrix/model/world.ts";
import type { Instant } from "../time/instant.ts";
import { findEndpoints } from "./find-endpoints.ts";
import { tokenWay } from "./token-way-of.ts";
import type { Call, Credential, LeftOut } from "./wiring-report.ts";

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
  return world.holding.flatMap((edge) => {
    const callee = edge.caller === caller.key ? world.services.get(edge.callee) : undefined;
    if (callee === undefined) return [];
    const credential = credentialOf(edge, callee);
    const { clause } = edge;
    return {
      callee: callee.key,
      kind: callee.kind,
      mode: callee.mode,
      role: callee.invokerRole,
      reason: clause.reason ?? null,
      expires: clause.expires ?? null,
      through: clause.through ?? null,
      credential,
      header: headers[credential],
      endpoints: findEndpoints({
        callee,
        credential,
        way: tokenWay(caller.kind).way,
        email: caller.account?.email,
        principals: principalsOf(caller, asOf),
        live,
      }),
      notes: notesOn(edge, callee),
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
  return kind === "job" ? "access-token" : "id-token";
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

/** docs: /run/docs/securing/identity-aware-proxy-cloud-run, /run/docs/configuring/custom-audiences */
function notesOn({ clause }: Edge, callee: Service): readonly string[] {
  return [
    ...(clause.through === "iap"
      ? [
          "Identity-Aware Proxy answers: the audience is the client id of its OAuth client, not the URL of the service",
          "the caller needs roles/iap.httpsResourceAccessor on the proxy's resource, which this version does not grant",
        ]
      : []),
    ...(clause.through !== "iap" && callee.iap === "service"
      ? ["Identity-Aware Proxy stands on the service and checks this call first"]
      : []),
    ...(callee.public === undefined ? [] : ["it is public: calls without a token get in as well"]),
    ...(callee.stage === "planned" ? ["it is planned here: its row comes once it is deployed"] : []),
    ...(callee.mode === "observe" ? ["it is only observed: synth grants nothing on it"] : []),
    ...(callee.kind === "job" ? ["POST runs it; it takes an access token, not an ID token"] : []),
  ];
}
