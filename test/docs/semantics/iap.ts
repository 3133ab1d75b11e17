import { ana, invoker, web } from "../../access/example.ts";
import { bind, denied, read, service, type TinyService, type TinyWorld, world } from "../../access/tiny-world.ts";
import { type Claims, example, gaps, holds } from "./claims.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";

const pass = "roles/iap.httpsResourceAccessor";
const workforce = "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ana";

const behind = (fields: TinyService, more: TinyWorld = {}): Snapshot =>
  world({ services: [service("api", { iapEnabled: true, ...fields })], ...more });

function above(resource: string): TinyWorld {
  return {
    iap: ["projects/111/iap_web", "projects/111/iap_web/cloud_run-r1"].map((at) => ({
      resource: at,
      policy: read({ bindings: at === resource ? [bind(pass, ana)] : [] }),
    })),
  };
}

export const identityAwareProxy: Claims = {
  "Where the proxy is on, its callers are the ring `iap`: whoever holds `iap.webServiceVersions.accessViaIAP` on the service, its region or project as the proxy has them, or on the project and above.":
    () => {
      const passes = `iap ${ana} allowed`;
      holds(behind({ iapBindings: [bind(pass, ana)] }), passes);
      holds(behind({}, above("projects/111/iap_web")), passes);
      holds(behind({}, above("projects/111/iap_web/cloud_run-r1")), passes);
      holds(behind({}, { project: { bindings: [bind(pass, ana)] } }), passes);
      holds(
        behind({}, { project: { parent: "folders/8" }, above: { "folders/8": { bindings: [bind(pass, ana)] } } }),
        passes,
      );
    },
  "Who may invoke, and is not known to pass the proxy, is `conditional`.": () =>
    example("a holder of invoke who does not pass IAP is conditional"),
  "The proxy's own agent keeps its verdict.": () => {
    const agent = "serviceAccount:service-111@gcp-sa-iap.iam.gserviceaccount.com";
    holds(
      behind({ bindings: [bind(invoker, [agent, web])] }),
      `direct ${agent} allowed managed`,
      `direct ${web} conditional`,
    );
  },
  "A service whose invoker check is off stays open to everybody in the result, with the proxy or without.": () =>
    holds(behind({ invokerCheckDisabled: true }), "direct allUsers allowed"),
  "People of a workforce pool may pass the proxy.": () =>
    holds(behind({ iapBindings: [bind(pass, workforce)] }), `iap ${workforce} allowed`),
  "Where the proxy is off, nobody has a row of the ring `iap`.": () =>
    holds(world({ services: [service("api")], project: { bindings: [bind(pass, ana)] } })),
  "A policy of the proxy that was not read makes the service doubtful.": () => {
    gaps(behind({ iapBindings: denied }), "IAP policy projects/111/iap_web/cloud_run-r1/services/api");
    gaps(behind({}, { iap: [] }), "IAP policy projects/111/iap_web", "IAP policy projects/111/iap_web/cloud_run-r1");
  },
};
