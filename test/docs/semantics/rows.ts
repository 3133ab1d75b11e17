import { expect } from "vitest";
import type { Hop, Row } from "../../../src/access/access.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { ana, bound, invoker, web } from "../../access/example.ts";
import { examples } from "../../access/examples.ts";
import { bind, partial, roleOf, service, world } from "../../access/tiny-world.ts";
import { accessOf, type Claims, example, holds, lets } from "./claims.ts";
import { report } from "./shop.ts";

const everyRow = (): readonly Row[] => examples.flatMap(({ snapshot }) => accessOf(snapshot).rows);
const unsure = "resource.matchTag('a', 'b')";
const half = roleOf("roles/half", partial([]));

function pathsOf(snapshot: Snapshot): readonly string[] {
  return accessOf(snapshot).rows.flatMap(({ ring, paths }) =>
    ring === "direct" ? paths.map(({ allow, hops }) => `${allow} ${hops.map(({ kind }) => kind).join()}`) : [],
  );
}

function firstHop(snapshot: Snapshot): Hop | undefined {
  return accessOf(snapshot).rows[0]?.paths[0]?.hops[0];
}

/** The words of the page, before its first section. */
export const words: Claims = {
  "A **service** is a Cloud Run service, a job, or a function of the second generation, in one region.": () => {
    const snapshot = world({
      services: [service("api"), service("api", { region: "r2" }), service("fn", { kind: "function" })],
      jobs: [service("nightly", { kind: "job" })],
    });
    expect(accessOf(snapshot).services.map(({ resource }) => resource)).toEqual([
      "projects/p1/locations/r1/jobs/nightly",
      "projects/p1/locations/r1/services/api",
      "projects/p1/locations/r1/services/fn",
      "projects/p1/locations/r2/services/api",
    ]);
  },
  "A **row** is one principal at one service: environment, project, region, service, and the principal as policies write it.":
    () => {
      const { environment, access } = report({ billing: ["user:dana@acme.example"] });
      expect(environment).toBe("prod");
      expect(access).toMatchObject([
        { project: "acme-prod", region: "europe-west1", service: "billing", principal: "user:dana@acme.example" },
      ]);
    },
  "A **path** is one way in. A row has at least one.": () => {
    expect(everyRow().length).toBeGreaterThan(50);
    expect(everyRow().filter(({ paths }) => paths.length === 0)).toEqual([]);
    expect(everyRow().some(({ paths }) => paths.length > 1)).toBe(true);
  },
  "A **hop** is one step of a path: its kind, where the grant stands, and the role, the member and the condition of it.":
    () => {
      expect(firstHop(bound(ana, {}, unsure))).toEqual({
        kind: "binding",
        level: "service",
        resource: "projects/p1/locations/r1/services/api",
        role: invoker,
        member: ana,
        condition: unsure,
      });
    },
  "The kinds of hops are `binding`, `group`, `set`, `convenience`, `invoker-check`, `impersonate`, `key`, `run-as`, `policy-write` and `role-write`.":
    () => {
      const kinds = everyRow().flatMap(({ paths }) => paths.flatMap(({ hops }) => hops.map(({ kind }) => kind)));
      const early = ["binding", "group", "set", "convenience", "invoker-check"];
      const late = ["impersonate", "key", "run-as", "policy-write", "role-write"];
      expect(new Set<string>(kinds)).toEqual(new Set([...early, ...late]));
    },
  "The **verdict** of a row is `allowed`, `conditional`, `unknown` or `denied`.": () => {
    expect(new Set<string>(everyRow().map(({ verdict }) => verdict))).toEqual(
      new Set(["allowed", "conditional", "unknown", "denied"]),
    );
  },
  "The **ring** of a row is `direct` (may invoke), `iap` (may pass Identity-Aware Proxy) or `indirect` (can come to invoke).":
    () => {
      expect(new Set<string>(everyRow().map(({ ring }) => ring))).toEqual(new Set(["direct", "iap", "indirect"]));
    },
};

export const rowsAndPaths: Claims = {
  "To invoke takes `run.routes.invoke` on a service or a function, and `run.jobs.run` on a job.": () => {
    example("a job is opened by run.jobs.run, not by run.routes.invoke");
    for (const [permission, kind] of [
      ["run.routes.invoke", "service"],
      ["run.routes.invoke", "function"],
      ["run.jobs.run", "job"],
    ] as const) {
      for (const held of ["run.routes.invoke", "run.jobs.run"]) {
        const one = [service("api", { kind, bindings: [bind("roles/one", ana)] })];
        const snapshot = world({
          ...(kind === "job" ? { jobs: one } : { services: one }),
          roles: [roleOf("roles/one", [held])],
        });
        lets(snapshot, ...(held === permission ? [`${ana} allowed`] : []));
      }
    }
  },
  "A binding counts on the service, on its project, and on every folder and the organization above it.": () =>
    example("what is bound above the service holds at the service"),
  "A path is as sure as the weakest of its parts: `unknown` where too little is known of the role, else `conditional` where a condition is undecided.":
    () => {
      expect(
        pathsOf(
          world({
            services: [service("api", { bindings: [bind("roles/half", ana, unsure), bind(invoker, web, unsure)] })],
            roles: [half],
          }),
        ),
      ).toEqual(["conditional binding", "unknown binding"]);
    },
  "A row is as sure as its surest path: `allowed` before `conditional` before `unknown`. Only then denial is asked.":
    () => {
      example("strongest of yes > conditional > unknown", "certain → denied");
      const snapshot = world({
        services: [service("api", { bindings: [bind("roles/half", ana), bind(invoker, ana, unsure)] })],
        roles: [half],
      });
      expect(accessOf(snapshot).rows).toMatchObject([{ ring: "direct", verdict: "conditional" }, { ring: "indirect" }]);
    },
  "Emails and domains are compared in lower case, and rows write them so. Hops write the member as the policy does.":
    () => {
      const snapshot = bound("user:Ana@Acme.test");
      holds(snapshot, `direct ${ana} allowed`);
      expect(firstHop(snapshot)?.member).toBe("user:Ana@Acme.test");
    },
  "The same grant in two bindings is one path.": () => {
    expect(
      pathsOf(world({ services: [service("api", { bindings: [bind(invoker, ana), bind(invoker, ana)] })] })),
    ).toEqual(["allowed binding"]);
  },
  "A member in a form that is not known makes a row of its own: nobody is dropped.": () =>
    holds(bound("robot:r2@acme.test"), "direct robot:r2@acme.test allowed"),
  "Paths are in order, the shortest first. The order in which Google answered does not matter.": () => {
    const bindings = [bind(invoker, "allUsers"), bind(invoker, ana), bind("roles/run.developer", ana)];
    const one = world({ services: [service("api", { bindings })] });
    const other = world({ services: [service("api", { bindings: bindings.toReversed() })] });
    expect(pathsOf(one)).toEqual(["allowed binding", "allowed binding", "allowed binding", "allowed binding,set"]);
    expect(accessOf(other).rows.map(({ paths }) => paths)).toEqual(accessOf(one).rows.map(({ paths }) => paths));
  },
};
