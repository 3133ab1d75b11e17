import { accountCases } from "./accounts.ts";
import type { DriftCase } from "./drift-case.ts";
import { endedCases } from "./ended.ts";
import { federationCases } from "./federation.ts";
import { missingCases } from "./missing.ts";
import { oddCases } from "./odd.ts";
import { scopeCases } from "./scope.ts";
import { settingCases } from "./settings.ts";
import { undeclaredCases } from "./undeclared.ts";

/** One for each rule of drift. */
export const driftCases: readonly DriftCase[] = [
  ...undeclaredCases,
  ...endedCases,
  ...missingCases,
  ...accountCases,
  ...federationCases,
  ...settingCases,
  ...oddCases,
  ...scopeCases,
];
