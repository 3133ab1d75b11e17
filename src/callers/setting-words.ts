import type { CallerOf } from "./caller-kind.ts";
import type { CallerKind } from "../matrix/model/world.ts";

type At = Pick<CallerOf<CallerKind>, "project" | "email">;

/** The account that a setting names. */
export function emailOf({ email }: Pick<At, "email">): string {
  return email ?? "EMAIL";
}

/** A gcloud command line on the project of a caller. */
export function gcloudIn(
  { project }: Pick<At, "project">,
  command: string,
  words: readonly string[],
): readonly string[] {
  return ["gcloud", ...command.split(" "), ...words, "--project", project?.id ?? "PROJECT"];
}

/** What an OAuth token for Google's own API is asked for. */
export const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** What ties a Kubernetes service account to the account that its pods call as. docs: /kubernetes-engine/docs/how-to/workload-identity */
export const GKE_ANNOTATION = "iam.gke.io/gcp-service-account";

/** The project of an account that somebody made, by its email; undefined for default accounts. */
export function projectOf(email: string): string | undefined {
  return /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
}

/** A name on a command line: what is for the reader to fill in where there is none, or where it would be an option. */
export function nameOr(name: string | undefined, otherwise: string): string {
  return name === undefined || name.startsWith("-") ? otherwise : name;
}
