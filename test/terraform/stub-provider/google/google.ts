import type { World } from "../world.ts";

/** Google as the provider sees it: what exists, and a log of the calls that changed something. */
export interface Google {
  readonly world: World;
  /** One line a write call, in order: METHOD RESOURCE, then what was written. */
  readonly log: string[];
  /** Another number at every call: what is made again under its old name is another thing. */
  readonly newNumber: () => number;
}

export function startGoogle(world: World): Google {
  let last = 0;
  return { world, log: [], newNumber: () => (last += 1) };
}

export class ApiError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(`googleapi: Error ${code}: ${message}`);
    this.name = "ApiError";
    this.code = code;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}
