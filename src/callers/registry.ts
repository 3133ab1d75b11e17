import type { CallerKind } from "../matrix/model/world.ts";
import type { CallerKindDefinition } from "./caller-kind.ts";
import { apiGateway } from "./kinds/api-gateway.ts";
import { appengine } from "./kinds/appengine.ts";
import { aws } from "./kinds/aws.ts";
import { build } from "./kinds/build.ts";
import { compute } from "./kinds/compute.ts";
import { eventarc } from "./kinds/eventarc.ts";
import { functions } from "./kinds/functions.ts";
import { github } from "./kinds/github.ts";
import { gitlab } from "./kinds/gitlab.ts";
import { gke } from "./kinds/gke.ts";
import { group } from "./kinds/group.ts";
import { oidc } from "./kinds/oidc.ts";
import { pubsub } from "./kinds/pubsub.ts";
import { scheduler } from "./kinds/scheduler.ts";
import { serviceAccount } from "./kinds/service-account.ts";
import { spiffe } from "./kinds/spiffe.ts";
import { tasks } from "./kinds/tasks.ts";
import { user } from "./kinds/user.ts";
import { workflows } from "./kinds/workflows.ts";

/** Every kind of caller, in the order in which docs list them. A new one is a file in kinds/ and a line here. */
export const callerKinds: { readonly [K in CallerKind]: CallerKindDefinition<K> } = {
  serviceAccount,
  group,
  user,
  gke,
  aws,
  github,
  gitlab,
  oidc,
  spiffe,
  scheduler,
  tasks,
  pubsub,
  eventarc,
  workflows,
  build,
  "api-gateway": apiGateway,
  compute,
  functions,
  appengine,
};
