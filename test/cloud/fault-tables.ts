import type { Fault } from "./faults.ts";

/** Each request that is made, and what is not read where it is refused. */
export const blastRadius: Readonly<Record<string, readonly string[]>> = {
  "GET cloudidentity/v1/groups/OPS/memberships:searchTransitiveMemberships": ["members of ops@acme.test"],
  "GET cloudidentity/v1/groups/OPS/memberships:searchTransitiveMemberships page 2": ["members of ops@acme.test"],
  "GET cloudidentity/v1/groups:lookup": ["members of ops@acme.test"],
  "GET cloudresourcemanager/v3/folders": ["projects below organizations/111"],
  "GET cloudresourcemanager/v3/organizations/111": ["details of organizations/111"],
  // The names of IAP's resources have the project's number in them.
  "GET cloudresourcemanager/v3/projects/acme": [
    "details of projects/acme",
    "policy of projects/acme/iap_web",
    "policy of projects/acme/iap_web/cloud_run-europe-west1",
    "policy of projects/acme/iap_web/cloud_run-europe-west1/services/billing",
  ],
  "GET cloudresourcemanager/v3/projects": ["projects below organizations/111"],
  "GET iam/v1/projects/acme/locations/global/workloadIdentityPools": ["pools of acme"],
  "GET iam/v1/projects/acme/locations/global/workloadIdentityPools/github/providers": [
    "providers of projects/1001/locations/global/workloadIdentityPools/github",
  ],
  "GET iam/v1/projects/acme/roles/caller": ["permissions of projects/acme/roles/caller"],
  "GET iam/v1/projects/acme/serviceAccounts": ["accounts of acme"],
  "GET iam/v1/projects/acme/serviceAccounts/BILLING/keys": ["keys of billing@acme.iam.gserviceaccount.com"],
  "GET iam/v1/projects/elsewhere/serviceAccounts/CALLER": ["account caller@elsewhere.iam.gserviceaccount.com"],
  // The built-in table knows it, and the record says that it is not live: see below.
  "GET iam/v1/roles/run.invoker": [],
  "GET iam/v2/policies/cloudresourcemanager.googleapis.com/organizations/111/denypolicies": [
    "deny policies of organizations/111",
  ],
  "GET iam/v2/policies/cloudresourcemanager.googleapis.com/organizations/111/denypolicies/fence": [
    "deny policies of organizations/111",
  ],
  "GET iam/v2/policies/cloudresourcemanager.googleapis.com/projects/1001/denypolicies": [
    "deny policies of projects/acme",
  ],
  "GET policyanalyzer/v1/projects/acme/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query":
    ["activity of billing@acme.iam.gserviceaccount.com"],
  "GET run/apis/run.googleapis.com/v1/namespaces/acme/jobs": ["jobs of acme"],
  "GET run/v1/projects/acme/locations/-/services": ["services of acme"],
  "GET run/v1/projects/acme/locations/-/services page 2": ["services of acme"],
  "GET run/v1/projects/acme/locations/europe-west1/jobs/nightly:getIamPolicy": ["policy of europe-west1/job/nightly"],
  "GET run/v1/projects/acme/locations/europe-west1/services/billing:getIamPolicy": [
    "policy of europe-west1/service/billing",
  ],
  "GET run/v1/projects/acme/locations/us-central1/services/ledger:getIamPolicy": [
    "policy of us-central1/service/ledger",
  ],
  "POST cloudresourcemanager/v3/organizations/111:getIamPolicy": ["policy of organizations/111"],
  "POST cloudresourcemanager/v3/projects/acme:getIamPolicy": ["policy of projects/acme"],
  "POST iam/v1/projects/acme/serviceAccounts/BILLING:getIamPolicy": ["policy of billing@acme.iam.gserviceaccount.com"],
  "POST iap/v1/projects/1001/iap_web/cloud_run-europe-west1/services/billing:getIamPolicy": [
    "policy of projects/1001/iap_web/cloud_run-europe-west1/services/billing",
  ],
  "POST iap/v1/projects/1001/iap_web/cloud_run-europe-west1:getIamPolicy": [
    "policy of projects/1001/iap_web/cloud_run-europe-west1",
  ],
  "POST iap/v1/projects/1001/iap_web:getIamPolicy": ["policy of projects/1001/iap_web"],
};

/** Where a wrong answer is a right one of another world: it is how Google says that there is none. */
export const indistinguishable: Readonly<Partial<Record<Fault, readonly string[]>>> = {
  404: [
    // An account that does not exist.
    "GET iam/v1/projects/elsewhere/serviceAccounts/CALLER",
  ],
  // Empty lists: protobuf's JSON leaves out what is empty, and nothing else in this world names what the list holds.
  empty: [
    "GET cloudidentity/v1/groups/OPS/memberships:searchTransitiveMemberships",
    "GET cloudidentity/v1/groups/OPS/memberships:searchTransitiveMemberships page 2",
    "GET iam/v1/projects/acme/locations/global/workloadIdentityPools",
    "GET iam/v1/projects/acme/locations/global/workloadIdentityPools/github/providers",
    "GET iam/v1/projects/acme/serviceAccounts/BILLING/keys",
    "GET iam/v2/policies/cloudresourcemanager.googleapis.com/organizations/111/denypolicies",
    // An account that did nothing is in no activity.
    "GET policyanalyzer/v1/projects/acme/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query",
  ],
};
