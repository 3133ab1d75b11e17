import { ana, bound, invoker, subject, type Example } from "./example.ts";
import { bind, service, world } from "./tiny-world.ts";

const agent = "serviceAccount:service-111@serverless-robot-prod.iam.gserviceaccount.com";
const stranger = "serviceAccount:service-222@serverless-robot-prod.iam.gserviceaccount.com";

export const oddExamples: readonly Example[] = [
  {
    name: "deleted: members and federated principals make no row, only a finding",
    snapshot: world({
      services: [service("api", { bindings: [bind(invoker, [`deleted:${ana}?uid=1`, subject])] })],
    }),
    rows: [],
    odd: [`deleted deleted:${ana}?uid=1`, `federated ${subject}`],
  },
  {
    name: "managed only if the number is that of the resource's own project",
    snapshot: world({
      services: [service("api")],
      project: { bindings: [bind("roles/run.serviceAgent", [agent, stranger])] },
    }),
    rows: [`direct ${agent} allowed managed`, `direct ${stranger} allowed`],
    odd: [],
  },
  {
    name: "a role of a service agent on anybody else is odd",
    snapshot: bound(ana, { services: [service("api", { bindings: [bind("roles/run.serviceAgent", ana)] })] }),
    rows: [`direct ${ana} allowed`],
    odd: [`agent-role ${ana}`],
  },
  {
    name: "a holder of invoke who does not pass IAP is conditional",
    snapshot: world({
      services: [
        service("api", {
          bindings: [bind(invoker, [ana, "user:bo@acme.test"])],
          iapEnabled: true,
          iapBindings: [bind("roles/iap.httpsResourceAccessor", ana)],
        }),
      ],
    }),
    rows: [`direct ${ana} allowed`, "direct user:bo@acme.test conditional", `iap ${ana} allowed`],
  },
];
