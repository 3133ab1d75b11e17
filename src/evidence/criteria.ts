import type { PackFile } from "./pack-files.ts";

/** A Trust Services Criterion of SOC 2, and what of a pack bears on it. The mapping is the project's own judgement. */
export interface Criterion {
  readonly title: string;
  readonly files: readonly PackFile[];
  readonly shows: string;
  readonly doesNotShow: string;
  /** Controls of Annex A. */
  readonly iso27001: readonly string[];
  /** Controls of NIST SP 800-53 revision 5. */
  readonly nist80053: readonly string[];
  /** Items of the CIS Google Cloud Platform Foundation Benchmark: the numbers differ between versions. */
  readonly cis: readonly { readonly item: string; readonly v4: string; readonly v5: string }[];
}

export type CriterionId = "CC6.1" | "CC6.2" | "CC6.3" | "CC6.6" | "CC7.1" | "CC8.1";

export const criteria: Readonly<Record<CriterionId, Criterion>> = {
  "CC6.1": {
    title: "Logical access security",
    files: ["matrix.json", "terraform/", "drift.json", "population.csv", "statement.json"],
    shows: "who may call each service as declared, and who could at the moment of the snapshot, by which binding",
    doesNotShow:
      "access inside a service, to data behind it, or before and after the moment of the snapshot (matrix changes is for the period)",
    iso27001: ["5.15", "8.3", "8.5"],
    nist80053: ["AC-3", "AC-6"],
    cis: [{ item: "service accounts have no admin privileges", v4: "1.5", v5: "1.6" }],
  },
  "CC6.2": {
    title: "Registration and authorization before access",
    files: ["sources/", "approvals/", "snapshot.json", "statement.json"],
    shows:
      "which commits of the matrix have a record of approval and which have none; every service account and its keys",
    doesNotShow: "how people get and lose their own accounts, or who is a member of a group that was not expanded",
    iso27001: ["5.16", "5.17"],
    nist80053: ["AC-2", "IA-5"],
    cis: [
      { item: "only keys that Google manages", v4: "1.4", v5: "1.5" },
      { item: "keys that people manage are rotated within 90 days", v4: "1.7", v5: "1.8" },
    ],
  },
  "CC6.3": {
    title: "Access is changed and removed, by least privilege and segregation of duties",
    files: ["drift.json", "exceptions.json", "population.csv", "statement.json"],
    shows: "what is live and not declared, what has expired and is still there, and who answers for each exception",
    doesNotShow: "whether a declared caller still needs its access, or when access was removed within the period",
    iso27001: ["5.3", "5.18", "8.2"],
    nist80053: ["AC-2", "AC-5", "AC-6"],
    cis: [
      { item: "no user is Service Account User or Token Creator on a project", v4: "1.6", v5: "1.7" },
      { item: "separation of duties on roles about service accounts", v4: "1.8", v5: "1.9" },
    ],
  },
  "CC6.6": {
    title: "Protection against access from outside",
    files: ["snapshot.json", "drift.json", "report.html"],
    shows: "ingress, the check of callers, IAP and default URLs of each service, and which services are public",
    doesNotShow: "load balancers, firewalls, Cloud Armor and VPC Service Controls around the services",
    iso27001: ["8.3", "8.9"],
    nist80053: ["AC-3", "CM-6"],
    cis: [],
  },
  "CC7.1": {
    title: "Changes of configuration are detected",
    files: ["drift.json", "snapshot.json", "statement.json"],
    shows: "that live access was compared with the matrix once, what differed, and what could not be read",
    doesNotShow: "that the comparison runs on a schedule, or that somebody reacts to it",
    iso27001: ["8.9", "8.16"],
    nist80053: ["CM-6", "SI-4"],
    cis: [],
  },
  "CC8.1": {
    title: "Changes are authorized, tested and approved",
    files: ["sources/", "approvals/", "terraform/", "statement.json"],
    shows: "the commit of the matrix, the changes of it, and the records of approval that match them",
    doesNotShow: "that Terraform was applied, or changes that went around the matrix (matrix changes finds those)",
    iso27001: ["8.32"],
    nist80053: ["CM-3"],
    cis: [],
  },
};

/** The criteria as a file of the pack. */
export function criteriaFile(): object {
  return {
    schema: "matrix/evidence-criteria/v1",
    judgement: JUDGEMENT,
    frameworks: {
      soc2: "AICPA Trust Services Criteria 2017",
      iso27001: "ISO/IEC 27001:2022 Annex A",
      nist80053: "NIST SP 800-53 revision 5",
      cis: "CIS Google Cloud Platform Foundation Benchmark v4.0.0 and v5.0.0",
    },
    criteria: Object.entries(criteria).map(([id, criterion]) => ({ id, ...criterion })),
  };
}

export const JUDGEMENT =
  "This mapping is the judgement of the project that makes matrix. No auditor and none of the bodies behind these frameworks has confirmed it.";
