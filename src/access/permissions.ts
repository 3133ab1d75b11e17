/**
 * The permissions that decide who can invoke, and who can come to. Snapshots keep these of a role and no others. The
 * names are those of allow policies; deny policies write `run.googleapis.com/routes.invoke`.
 */
export const permissions = {
  invokeService: "run.routes.invoke",
  runJob: "run.jobs.run",
  passIap: "iap.webServiceVersions.accessViaIAP",
  /** Any of these on an account is a token of it. docs: iamcredentials.googleapis.com */
  getOpenIdToken: "iam.serviceAccounts.getOpenIdToken",
  getAccessToken: "iam.serviceAccounts.getAccessToken",
  signJwt: "iam.serviceAccounts.signJwt",
  signBlob: "iam.serviceAccounts.signBlob",
  implicitDelegation: "iam.serviceAccounts.implicitDelegation",
  createKey: "iam.serviceAccountKeys.create",
  setAccountPolicy: "iam.serviceAccounts.setIamPolicy",
  actAs: "iam.serviceAccounts.actAs",
  setServicePolicy: "run.services.setIamPolicy",
  setProjectPolicy: "resourcemanager.projects.setIamPolicy",
  setFolderPolicy: "resourcemanager.folders.setIamPolicy",
  setOrganizationPolicy: "resourcemanager.organizations.setIamPolicy",
  updateRole: "iam.roles.update",
  sshService: "run.services.sshRoot",
  setInstanceMetadata: "compute.instances.setMetadata",
} as const;

/** Of those below, the ones of which only live roles tell: the table that is built in says nothing of them. */
export const liveOnlyPermissions = [
  "run.jobs.create",
  "run.jobs.update",
  "run.workerpools.create",
  "run.workerpools.update",
  "run.instances.create",
  "cloudfunctions.functions.create",
  "workflows.workflows.create",
] as const;

/** With `actAs`, each of these makes Google run code, or send a request, as the account. */
export const workloadPermissions = [
  "run.services.create",
  "run.services.update",
  "cloudfunctions.functions.update",
  "cloudbuild.builds.create",
  "compute.instances.create",
  "compute.instances.setServiceAccount",
  "workflows.workflows.update",
  "cloudscheduler.jobs.create",
  "cloudscheduler.jobs.update",
  "cloudtasks.tasks.create",
  "pubsub.subscriptions.create",
  "pubsub.subscriptions.update",
  "eventarc.triggers.create",
  ...liveOnlyPermissions,
] as const;

/** All of them, sorted. */
export const watchedPermissions: readonly string[] = [...Object.values(permissions), ...workloadPermissions].sort();
