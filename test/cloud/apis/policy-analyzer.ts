import { type Answer, type Api, type Call, type Caught, closedAnswer, denied, routes } from "../answer.ts";
import { findProject } from "../find.ts";
import { answerPage, googlePage, listBody } from "../page.ts";
import type { WorldAccount, WorldProject } from "../world.ts";

/** policyanalyzer.googleapis.com v1: when the accounts of a project last authenticated. */
export const policyAnalyzer: Api = routes([
  [
    "GET",
    /^\/v1\/projects\/(?<project>[^/]+)\/locations\/global\/activityTypes\/serviceAccountLastAuthentication\/activities:query$/,
    queryActivities,
  ],
]);

/** Accounts that did nothing are in no activity. */
function queryActivities(call: Call, { project: name = "" }: Caught): Answer {
  const project = findProject(call.world, name);
  if (project === undefined) return denied(`projects/${name}`);
  const active = project.accounts.filter(({ lastAuthenticated }) => lastAuthenticated !== null);
  return (
    closedAnswer(call.world, "activity", project.resource) ??
    answerPage(call, active, googlePage, (page) =>
      listBody("activities", { ...page, items: page.items.map((one) => activityBody(project, one)) }),
    )
  );
}

/** docs: /policy-intelligence/docs/activity-analyzer-service-account-authentication; periods begin and end at 07:00. */
function activityBody(project: WorldProject, one: WorldAccount): unknown {
  const fullResourceName = `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${one.email}`;
  return {
    fullResourceName,
    activityType: "serviceAccountLastAuthentication",
    observationPeriod: { startTime: "2026-08-22T07:00:00Z", endTime: "2026-11-20T07:00:00Z" },
    activity: {
      lastAuthenticatedTime: one.lastAuthenticated,
      serviceAccount: { serviceAccountId: one.uniqueId, projectNumber: project.number, fullResourceName },
    },
  };
}
