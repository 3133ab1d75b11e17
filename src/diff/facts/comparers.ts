import { compareCallers } from "./compare-callers.ts";
import { compareEdges } from "./compare-edges.ts";
import { compareEnvironments } from "./compare-environments.ts";
import { compareExceptions } from "./compare-exceptions.ts";
import { compareInherited } from "./compare-inherited.ts";
import { compareOwners } from "./compare-owners.ts";
import { compareRenames } from "./compare-renames.ts";
import { compareRules } from "./compare-rules.ts";
import { compareServices } from "./compare-services.ts";
import { compareSettings } from "./compare-settings.ts";
import type { Comparer } from "./difference.ts";

/** One for each part of the language. Sets come after them, since they mean nothing by themselves. */
export const comparers: readonly Comparer[] = [
  compareEnvironments,
  compareRenames,
  compareServices,
  compareCallers,
  compareEdges,
  compareRules,
  compareExceptions,
  compareInherited,
  compareOwners,
  compareSettings,
];
