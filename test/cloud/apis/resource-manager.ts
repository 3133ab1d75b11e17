import {
  type Answer,
  type Api,
  type Call,
  type Caught,
  closedAnswer,
  denied,
  etagOf,
  ok,
  policyBody,
  refusal,
  routes,
  versionInBody,
} from "../answer.ts";
import { ancestorsOf, findContainer, findProject } from "../find.ts";
import { answerPage, googlePage, listBody } from "../page.ts";
import type { WorldContainer, WorldFolder, WorldProject } from "../world.ts";

const createTime = "2024-02-03T04:05:06.789Z";

/** cloudresourcemanager.googleapis.com: v1 and v3, and v2 for what gcloud asks of folders. */
export const resourceManager: Api = routes([
  ["GET", /^\/v3\/(?<resource>(projects|folders|organizations)\/[^/:]+)$/, getContainer],
  ["POST", /^\/v[123]\/(?<resource>(projects|folders|organizations)\/[^/:]+):getIamPolicy$/, getPolicy],
  ["GET", /^\/v3\/projects$/, (call) => listProjects(call, call.query.get("parent") ?? "")],
  ["GET", /^\/v3\/folders$/, (call) => listFolders(call, call.query.get("parent") ?? "")],
  ["GET", /^\/v3\/projects:search$/, searchProjects],
  ["GET", /^\/v3\/folders:search$/, searchFolders],
  ["GET", /^\/v1\/projects$/, listProjectsV1],
  ["GET", /^\/v1\/projects\/(?<name>[^/:]+)$/, getProjectV1],
  ["POST", /^\/v1\/projects\/(?<name>[^/:]+):getAncestry$/, getAncestry],
]);

/** Everything that is not there, or may not be seen, answers 403. */
function getContainer(call: Call, { resource = "" }: Caught): Answer {
  const container = findContainer(call.world, resource);
  if (container === undefined) {
    return denied(resource);
  }
  return closedAnswer(call.world, "details", container.resource) ?? ok(containerBody(container));
}

function getPolicy(call: Call, { resource = "" }: Caught): Answer {
  const container = findContainer(call.world, resource);
  if (container === undefined) {
    return denied(resource);
  }
  return (
    closedAnswer(call.world, "policy", container.resource) ?? ok(policyBody(container.policy, versionInBody(call)))
  );
}

function containerBody(container: WorldContainer): unknown {
  if (isProject(container)) {
    return {
      name: `projects/${container.number}`,
      ...(container.parent === null ? {} : { parent: container.parent }),
      projectId: container.id,
      state: container.state,
      displayName: container.id,
      createTime,
      updateTime: createTime,
      etag: `W/"${etagOf(container.id)}"`,
    };
  }
  const top = container.resource.startsWith("organizations/");
  return {
    name: container.resource,
    ...(isFolder(container) ? { parent: container.parent } : {}),
    displayName: container.resource.replace("/", " "),
    state: "ACTIVE",
    createTime,
    updateTime: createTime,
    ...(top ? { directoryCustomerId: "C0abc123" } : {}),
    etag: `W/"${etagOf(container.resource)}"`,
  };
}

function isProject(container: WorldContainer): container is WorldProject {
  return container.resource.startsWith("projects/");
}

function isFolder(container: WorldContainer): container is WorldFolder {
  return container.resource.startsWith("folders/");
}

/** Direct children alone, and only the living, unless `showDeleted`. */
function listProjects(call: Call, parent: string): Answer {
  const all = call.query.get("showDeleted") === "true";
  return listChildren(
    call,
    parent,
    "projects",
    call.world.projects.filter((one) => one.parent === parent && (all || one.state === "ACTIVE")),
  );
}

function listFolders(call: Call, parent: string): Answer {
  return listChildren(
    call,
    parent,
    "folders",
    call.world.folders.filter((one) => one.parent === parent),
  );
}

function listChildren(call: Call, parent: string, name: string, children: readonly WorldContainer[]): Answer {
  if (parent === "") {
    return refusal(400, "Request contains an invalid argument.");
  }
  const container = findContainer(call.world, parent);
  if (container === undefined) {
    return denied(parent);
  }
  return closedAnswer(call.world, "children", parent) ?? listContainers(call, name, children);
}

/** Searching finds what may be seen, and never refuses. Known terms: parent, state, projectId, joined by AND or space. */
function searchProjects(call: Call): Answer {
  const terms = readTerms(call.query.get("query") ?? "");
  if (terms === undefined) {
    return refusal(400, "Request contains an invalid argument.");
  }
  const found = call.world.projects.filter((one) => {
    const facts: Readonly<Record<string, string | null>> = { parent: one.parent, state: one.state, projectId: one.id };
    return terms.every(([key, value]) => facts[key] === value);
  });
  return listContainers(call, "projects", found);
}

function searchFolders(call: Call): Answer {
  const terms = readTerms(call.query.get("query") ?? "");
  if (terms === undefined) {
    return refusal(400, "Request contains an invalid argument.");
  }
  return listContainers(
    call,
    "folders",
    call.world.folders.filter((one) => terms.every(([key, value]) => key === "state" || one.parent === value)),
  );
}

function listContainers(call: Call, name: string, containers: readonly WorldContainer[]): Answer {
  return answerPage(call, containers, googlePage, (page) =>
    listBody(name, { ...page, items: page.items.map(containerBody) }),
  );
}

type Term = readonly [key: string, value: string];

function readTerms(query: string): readonly Term[] | undefined {
  const words = query.split(/\s+(?:AND\s+)?/).filter((word) => word !== "");
  const terms = words.flatMap((word): readonly Term[] => {
    const match = /^(parent|state|projectId|parent\.type|parent\.id|lifecycleState)[:=](.+)$/.exec(word);
    return match === null ? [] : [[match[1] ?? "", match[2] ?? ""]];
  });
  return terms.length === words.length ? terms : undefined;
}

/** v1: one filter over everything that may be seen: `parent.type:folder parent.id:223`. */
function listProjectsV1(call: Call): Answer {
  const terms = readTerms(call.query.get("filter") ?? "");
  if (terms === undefined) {
    return refusal(400, "Request contains an invalid argument.");
  }
  const found = call.world.projects.filter((one) => {
    const [type = "", id = ""] = (one.parent ?? "").split("/");
    const facts: Readonly<Record<string, string>> = {
      "parent.type": type.replace(/s$/, ""),
      "parent.id": id,
      lifecycleState: one.state,
      projectId: one.id,
    };
    return terms.every(([key, value]) => facts[key] === value);
  });
  return answerPage(call, found, googlePage, (page) =>
    listBody("projects", { ...page, items: page.items.map(projectV1Body) }),
  );
}

function getProjectV1(call: Call, { name = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  return closedAnswer(call.world, "details", project.resource) ?? ok(projectV1Body(project));
}

/** v1 writes the number, an int64, as text, and the parent in two parts. */
function projectV1Body(project: WorldProject): unknown {
  return {
    projectNumber: project.number,
    projectId: project.id,
    lifecycleState: project.state,
    name: project.id,
    createTime,
    ...(project.parent === null ? {} : { parent: resourceId(project.parent) }),
  };
}

function getAncestry(call: Call, { name = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) {
    return denied(`projects/${name}`);
  }
  const ancestors = [project.resource, ...ancestorsOf(call.world, project.parent)];
  return (
    closedAnswer(call.world, "details", project.resource) ??
    ok({ ancestor: ancestors.map((resource) => ({ resourceId: resourceId(resource) })) })
  );
}

/** `{type: "folder", id: "1"}` of `folders/1`. */
function resourceId(resource: string): { readonly type: string; readonly id: string } {
  const [kind = "", id = ""] = resource.split("/");
  return { type: kind.replace(/s$/, ""), id };
}
