import type { Paint } from "../terminal/paint.ts";
import type { Say } from "./say.ts";

export interface DiffTextLook {
  readonly paint: Paint;
  readonly say: Say;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether all is shown. */
  readonly verbose: boolean;
}
