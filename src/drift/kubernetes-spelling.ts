import type { Project } from "../matrix/model/environment.ts";

const principalForm =
  /^principal:\/\/iam\.googleapis\.com\/projects\/(\d+)\/locations\/global\/workloadIdentityPools\/([^/]+)\.svc\.id\.goog\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/;

/**
 * Gives every Kubernetes service account of some projects its one spelling: IAM takes `serviceAccount:P.svc.id.goog[N/K]`
 * and a `principal://` with the project's number for the same. docs: /iam/docs/principal-identifiers
 */
export function kubernetesSpelling(
  projects: readonly Project[],
  numberOf: (project: Project) => string | undefined,
): (member: string) => string {
  const numbers = new Map(projects.map((project) => [project.id, numberOf(project)]));
  return (member) => {
    const [, number, project = "", namespace, account] = principalForm.exec(member) ?? [];
    return number !== undefined && numbers.get(project) === number
      ? `serviceAccount:${project}.svc.id.goog[${namespace}/${account}]`
      : member;
  };
}
