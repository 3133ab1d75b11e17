// The configuration of another team, in HCL as people write it: of HCL a plan tells references, and of JSON texts.

const main = `
variable "who" {
  default   = "user:secret@acme.example"
  sensitive = true
}

# Its id is known after apply only, and so is whatever is made of it.
resource "terraform_data" "later" {}

resource "google_service_account" "reports" {
  account_id = "reports-sa"
}

resource "google_service_account" "random" {
  account_id = terraform_data.later.id
}

resource "google_cloud_run_v2_service_iam_member" "known" {
  name   = "billing"
  role   = "roles/run.invoker"
  member = google_service_account.reports.member
}

resource "google_cloud_run_v2_service_iam_member" "unknown" {
  name   = "billing"
  role   = "roles/run.invoker"
  member = "serviceAccount:\${google_service_account.random.email}"
}

resource "google_cloud_run_v2_service_iam_member" "sensitive" {
  name     = "billing"
  location = "europe-west1"
  project  = "acme-prod"
  role     = "roles/run.invoker"
  member   = var.who
}

resource "google_cloud_run_v2_service_iam_binding" "mixed" {
  name    = "mailer"
  role    = "roles/run.invoker"
  members = ["user:dana@acme.example", "serviceAccount:\${google_service_account.random.email}"]
}

resource "google_cloud_run_v2_service_iam_member" "each" {
  for_each = toset(["user:a@acme.example", "allUsers"])
  name     = "checkout"
  location = "europe-west1"
  role     = "roles/run.invoker"
  member   = each.key
}

resource "google_project_iam_member" "editor" {
  project = "acme-prod"
  role    = "roles/editor"
  member  = "user:dana@acme.example"
}

resource "google_project_iam_member" "elsewhere" {
  project = "acme-other"
  role    = "roles/owner"
  member  = "user:dana@acme.example"
}

resource "google_service_account_iam_member" "token" {
  service_account_id = "projects/acme-prod/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com"
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "user:dana@acme.example"
}

module "row" {
  source   = "./row"
  for_each = { eu = "europe-west1" }
  region   = each.value
  member   = "serviceAccount:\${google_service_account.reports.email}"
}
`;

const row = `
terraform {
  required_providers {
    google = { source = "google" }
  }
}

variable "region" {}

variable "member" {}

resource "google_cloud_run_v2_job_iam_member" "this" {
  name     = "settle"
  location = var.region
  role     = "roles/run.invoker"
  member   = var.member
}
`;

/** By name of the file. The frame is JSON, as tests of Terraform copy it. */
export const foreign = {
  "cdk.tf.json": {
    terraform: {
      backend: { local: { path: "../../../terraform.demo.tfstate" } },
      required_providers: { google: { source: "google", version: "6.50.0" } },
    },
    provider: { google: [{ project: "acme-prod", region: "europe-west1" }] },
  },
  "main.tf": main,
  "row/main.tf": row,
} as const;
