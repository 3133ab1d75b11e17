import type { Fact } from "../fact.ts";
import type { WorldView } from "./world-view.ts";

/** What a fact is judged by: its kind and whom it is about. */
export type Judged = Pick<Fact, "after" | "before" | "environments" | "from" | "kind" | "subject" | "to">;

/** One environment in both versions. */
export interface Sides {
  readonly environment: string;
  readonly before: WorldView;
  readonly after: WorldView;
}
