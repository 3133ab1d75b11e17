import { denySpelling } from "./naive/deny.ts";
import { permissions } from "../../src/access/permissions.ts";

// The words that generated worlds are made of: few, so that things meet, and of every kind that the rules tell apart.

export const accountEmails = [
  "web@p1.iam.gserviceaccount.com",
  "api@p1.iam.gserviceaccount.com",
  "bot@p2.iam.gserviceaccount.com",
  "far@elsewhere.iam.gserviceaccount.com",
  "111-compute@developer.gserviceaccount.com",
] as const;

const agentEmails = [
  "service-111@serverless-robot-prod.iam.gserviceaccount.com",
  "service-222@serverless-robot-prod.iam.gserviceaccount.com",
  "service-999@gcf-admin-robot.iam.gserviceaccount.com",
  "service-111@gcp-sa-iap.iam.gserviceaccount.com",
  "service-222@gcp-sa-iap.iam.gserviceaccount.com",
  "service-folder-801@serverless-robot-prod.iam.gserviceaccount.com",
  "service-org-901@serverless-robot-prod.iam.gserviceaccount.com",
  "111@cloudservices.gserviceaccount.com",
  "222@cloudservices.gserviceaccount.com",
] as const;

export const groupEmails = ["ops@acme.test", "dev@acme.test", "lost@acme.test"] as const;

const pool = "iam.googleapis.com/projects/111/locations/global/workloadIdentityPools";
const federatedMembers = [
  `principal://${pool}/ci/subject/build`,
  `principalSet://${pool}/old/attribute.repository/acme/api`,
  `principalSet://${pool}/unlisted/*`,
  "serviceAccount:p1.svc.id.goog[risk/scorer]",
  "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ana",
] as const;
export const poolNames = ["ci", "old"].map((name) => `${pool.slice("iam.googleapis.com/".length)}/${name}`);

const accounts = accountEmails.map((email) => `serviceAccount:${email}`);
const namedMembers = ["user:ana@acme.test", "user:Bo@Acme.test", "user:eve@other.test", ...accounts] as const;

const accountSets = ["projects/111", "projects/222", "folders/801", "folders/899", "organizations/901"].map(
  (resource) => `principalSet://cloudresourcemanager.googleapis.com/${resource}/type/ServiceAccount`,
);

/** Of each pick one kind first, so that long lists do not crowd out short ones. */
export const memberKinds: readonly (readonly string[])[] = [
  namedMembers,
  namedMembers,
  ["serviceAccount:WEB@p1.iam.gserviceaccount.com", "user:bo@acme.test", "group:Ops@acme.test"],
  groupEmails.map((email) => `group:${email}`),
  ["group:absent@acme.test"],
  ["allUsers", "allAuthenticatedUsers", "domain:acme.test", "domain:Other.test"],
  ["projectOwner:p1", "projectEditor:p1", "projectEditor:p2", "projectViewer:p1", "projectEditor:absent"],
  accountSets,
  ["deleted:user:ana@acme.test?uid=1", "deleted:serviceAccount:web@p1.iam.gserviceaccount.com?uid=2"],
  federatedMembers,
  agentEmails.map((email) => `serviceAccount:${email}`),
  ["robot:r2", "principal://goog/subject/ana@acme.test"],
  ["serviceAccount:service-111@gcp-sa-brand-new.iam.gserviceaccount.com"],
  ["principalSet://cloudresourcemanager.googleapis.com/organizations/901/type/ServiceAgent"],
];

/** What a group lists, groups in it among them. */
export const groupMemberWords = [
  ...namedMembers,
  "group:dev@acme.test",
  "deleted:user:ana@acme.test?uid=1",
  `principal://${pool}/ci/subject/build`,
];

export const roleKinds: readonly (readonly string[])[] = [
  ["roles/run.invoker", "roles/run.servicesInvoker"],
  ["roles/run.invoker", "roles/iap.httpsResourceAccessor"],
  ["roles/owner", "roles/editor", "roles/viewer"],
  ["roles/iam.serviceAccountTokenCreator", "roles/iam.workloadIdentityUser"],
  ["projects/p1/roles/custom", "organizations/901/roles/custom", "projects/p2/roles/custom"],
  ["projects/p1/roles/custom", "roles/resourcemanager.folderAdmin", "roles/resourcemanager.organizationAdmin"],
  [
    "roles/iam.serviceAccountUser",
    "roles/run.developer",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.roleAdmin",
    "roles/cloudscheduler.admin",
  ],
  ["roles/run.serviceAgent", "projects/p1/roles/myServiceAgent"],
  ["roles/half", "roles/mystery", "roles/absent", "projects/p1/roles/gone", "roles/run.invoker_withcond_a1b2c3"],
];

const before = 'request.time < timestamp("2026-11-22T12:00:00Z")';
const after = 'request.time >= timestamp("2026-11-22T12:00:00Z")';
const tagged = "resource.matchTag('acme/env', 'prod')";
export const conditionAtoms = [
  "true",
  "false",
  before,
  after,
  "request.time > timestamp('2027-01-01T00:00:00Z')",
  tagged,
  'resource.name.startsWith("projects/p1")',
  'resource.name == "projects/p1"',
  'request.path == "/health"',
  'request.method == "GET"',
  "api.getAttribute('x', '') == 'y'",
] as const;
/** Conditions that fail as a whole, wherever they stand. */
export const brokenConditions = [
  "request.time <",
  'forecast("rain") == "no"',
  'request.time < timestamp("2026-11-22T12:00:00Z") &&',
  'true || forecast("rain")',
  "request.time",
  "(true",
  "weather.is_fine",
] as const;

export const denyPrincipalWords: readonly string[] = [
  "principal://goog/subject/ana@acme.test",
  "principal://goog/subject/BO@acme.test",
  "principal://goog/subject/web@p1.iam.gserviceaccount.com",
  "principal://iam.googleapis.com/projects/-/serviceAccounts/api@p1.iam.gserviceaccount.com",
  "principal://iam.googleapis.com/projects/p2/serviceAccounts/bot@p2.iam.gserviceaccount.com",
  ...groupEmails.map((email) => `principalSet://goog/group/${email}`),
  "principalSet://goog/group/absent@acme.test",
  "principalSet://goog/public:all",
  "principalSet://goog/public:all",
  "principalSet://goog/cloudIdentityCustomerId/C01",
  ...accountSets,
  "principalSet://cloudresourcemanager.googleapis.com/projects/111/type/ServiceAgent",
  `principalSet://${pool}/ci/*`,
  "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ana",
  "principal://mars/subject/rover",
  "principal://goog/subject/108020304",
  "principal://iam.googleapis.com/projects/-/serviceAccounts/108020304",
];

export const denyPermissionKinds: readonly (readonly string[])[] = [
  ["run.googleapis.com/routes.invoke"],
  [permissions.passIap, permissions.runJob].map(denySpelling),
  Object.values(permissions).map(denySpelling),
  ["*", "run.googleapis.com/*", "run.googleapis.com/routes.*", "run.googleapis.com/services.invoke"],
  ["iam.googleapis.com/*", "iap.googleapis.com/webServiceVersions.*", "run.routes.invoke"],
];
