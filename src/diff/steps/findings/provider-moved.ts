import type { Impersonation } from "../../../federation/federation.ts";
import { planFederation } from "../../../federation/plan-federation.ts";
import { compareText } from "../../../words/compare-text.ts";
import type { FindingStep } from "../finding-step.ts";
import type { WorldView } from "../world-view.ts";

/** Credential files name a provider: whoever is moved to another one is shut out until its file is another. */
export const providerMoved: FindingStep = function* ({ context, of }) {
  const facts = of("caller-added", "caller-removed", "caller-renamed", "identity-changed", "project-changed");
  if (facts.length === 0) return;
  for (const { environment, before, after } of context.sides) {
    const [then, now] = [seatsIn(before), seatsIn(after)];
    for (const [key, seat] of [...now].sort(([a], [b]) => compareText(a, b))) {
      const was = then.get(context.earlier(key));
      if (was === undefined || was === seat) continue;
      yield {
        message: `applying it moves ${key} from the provider ${was} to ${seat}: its tokens are refused until it has another credential file`,
        help: `matrix wiring ${key} --env ${environment} --credentials FILE writes it`,
        environments: [environment],
        subject: key,
        facts: facts.filter(({ environments }) => environments.includes(environment)),
      };
    }
  }
};

/** The provider that each caller shows its tokens to, as its credential file names it. */
function seatsIn({ world }: WorldView): ReadonlyMap<string, string> {
  if (world === undefined) return new Map();
  return new Map(planFederation(world).impersonations.flatMap((each) => seatOf(each)));
}

function seatOf({ caller, by }: Impersonation): readonly (readonly [string, string])[] {
  return by.kind === "known" ? [] : [[caller, `${by.pool.project.id}/${by.pool.id}/${by.provider.id}`]];
}
