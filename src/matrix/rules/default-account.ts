import type { Draft } from "../../finding/draft.ts";
import { accountHolders } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import { accountPlace, previousAccountPlace } from "./account-place.ts";
import type { Rule } from "./rule.ts";

/** The accounts that Google makes for a project, and who may act as each (cloud.google.com/iam/docs/service-account-types). */
const defaults = [
  {
    email: /^[0-9]+-compute@developer\.gserviceaccount\.com$/,
    what: "the default account",
    why: "as does everything in that project without an account of its own",
  },
  {
    email: /^[a-z0-9.:-]+@appspot\.gserviceaccount\.com$/,
    what: "the App Engine default account",
    why: "as does every App Engine service and first-generation function in that project without an account of its own",
  },
  {
    email: /^[0-9]+@cloudbuild\.gserviceaccount\.com$/,
    what: "the Cloud Build account",
    why: "as may every build in that project",
  },
  {
    email: /^[0-9]+@cloudservices\.gserviceaccount\.com$/,
    what: "the Google APIs agent",
    why: "with which Google's own services act in that project",
  },
] as const;

/** Such an account is everybody's in its project, and often an editor of all of it. */
export const defaultAccountRule: Rule = {
  id: "default-account",
  severity: "error",
  summary: "a service or caller that runs as a default account of its project",
  stopsSynth: false,
  *check(matrix) {
    for (const holder of accountHolders(matrix)) {
      const { email } = holder.account;
      const known = defaults.find((each) => each.email.test(email.toLowerCase()));
      if (known === undefined) continue;
      const isCaller = matrix.names.get(holder.holder)?.section === "callers";
      yield {
        message: `${holder.holder} runs as ${known.what} ${email}, ${known.why}`,
        help: "give it an account of its own",
        at: accountPlace(matrix, holder),
        environment: holder.environment,
        ...(isCaller ? { caller: holder.holder } : { service: holder.holder }),
      } satisfies Draft;
    }
    yield* previousDefaults(matrix);
  },
};

/** Leaving the default account is the ordinary migration: worth knowing while it lasts, and right. */
function* previousDefaults({ worlds, asOf }: Matrix): Iterable<Draft> {
  for (const { environment, services } of worlds) {
    for (const service of services.values()) {
      for (const [index, { email, until, end }] of service.previousAccounts.entries()) {
        const known = defaults.find((each) => each.email.test(email.toLowerCase()));
        if (known === undefined || end === undefined || asOf >= end) continue;
        yield {
          message: `until ${until}, whatever runs as ${known.what} ${email} may call as ${service.key} may`,
          help: "keep the date near, and delete it as soon as nothing calls as it any more",
          at: previousAccountPlace(service, environment.name, index),
          environment: environment.name,
          severity: "warning",
          service: service.key,
        };
      }
    }
  }
}
