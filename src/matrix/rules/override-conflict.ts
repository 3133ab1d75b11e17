import type { Draft } from "../../finding/draft.ts";
import { mergeCaller } from "../model/resolve-caller.ts";
import { mergeService } from "../model/resolve-service.ts";
import { schemaDrafts } from "../schema/check-schema.ts";
import { validateCaller, validateService } from "../schema/generated/validators.js";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** Base and override may each be right and not fit together. */
export const overrideConflict: Rule = {
  id: "override-conflict",
  severity: "error",
  summary: "an override that does not fit what it overrides",
  stopsSynth: true,
  *check({ names, document }) {
    for (const { section, key, value, place } of names.values()) {
      if (section === "sets") continue;
      for (const environment of Object.keys(value.overrides ?? {})) {
        const isService = section === "services";
        const merged = isService ? mergeService(document, value, environment) : mergeCaller(value, environment);
        const validator = isService ? validateService : validateCaller;
        for (const { message, help } of schemaDrafts(
          validator,
          merged,
          place.file,
          [key],
          isService ? "service" : "caller",
        )) {
          yield {
            message: `with its overrides for ${environment}, ${message}`,
            help: help ?? "null unsets what is written above",
            at: keyAt(place.file, ...place.path, "overrides", environment),
            environment,
            ...(isService ? { service: key } : { caller: key }),
          } satisfies Draft;
        }
      }
    }
  },
};
