import type { ApiClient, Trouble } from "./api-client.ts";

/** What the readers of one project share. */
export interface ProjectContext {
  readonly client: ApiClient;
  /** The project's id. */
  readonly project: string;
  /** Its number; null where it could not be read. */
  readonly number: string | null;
}

/**
 * Whether a refusal says that the API is not enabled in this very project: then there is nothing of its kind in it. It
 * says so about the project that pays for the request just the same, and that is no answer.
 */
export function isDisabledHere(trouble: Trouble | null, { project, number }: ProjectContext): boolean {
  const consumer = trouble?.status === 403 ? trouble.error?.disabledFor : undefined;
  return consumer === `projects/${project}` || (number !== null && consumer === `projects/${number}`);
}

export const disabledNote = "the API is not enabled in this project";
