import type { ChangeKind } from "../../change-kind.ts";
import type { JudgedFact } from "../finding-step.ts";

type Tell = (fact: JudgedFact) => string;

const of =
  (before: string, after = ""): Tell =>
  ({ subject }) =>
    `${before} ${subject}${after}`;

/** What somebody agrees to, after `that`; kinds that nobody is asked about are left out. */
const clauses: Partial<Readonly<Record<ChangeKind, Tell>>> = {
  "environment-changed": of("the projects of", " are others"),
  "service-removed": ({ subject }) => `${subject} goes`,
  "service-added": ({ subject }) => `${subject} comes to call as it does`,
  "service-renamed": ({ subject }) => `${subject} has this name`,
  "caller-added": ({ subject }) => `${subject} comes to call as it does`,
  "caller-renamed": ({ subject }) => `${subject} has this name`,
  "edge-added": ({ from, to }) => `${from} may call ${to}`,
  "expiry-changed": ({ from, to }) => `${from} may call ${to} for longer`,
  "through-changed": ({ from, to }) => `${from} may call ${to} past Identity-Aware Proxy`,
  "public-added": ({ subject }) => `everybody may call ${subject}`,
  "ingress-changed": ({ subject }) => `${subject} takes requests from more places`,
  "iap-changed": of("Identity-Aware Proxy stands otherwise before"),
  "invoker-role-changed": of("another role invokes"),
  "identity-changed": ({ subject }) => `${subject} is another identity`,
  "account-changed": ({ subject }) => `${subject} runs as another account`,
  "previous-account-added": of("a previous account calls as"),
  "previous-account-changed": of("a previous account calls longer as"),
  "stage-changed": ({ subject }) => `${subject} comes back`,
  "mode-changed": of("the row of", " is kept less strictly"),
  "service-kind-changed": ({ subject }) => `${subject} is of another kind`,
  "run-name-changed": ({ subject }) => `${subject} has another Cloud Run name`,
  "project-changed": ({ subject }) => `${subject} is in another project`,
  "regions-changed": ({ subject }) => `${subject} is in more regions`,
  "owner-changed": ({ subject }) => `${subject} has another owner`,
  "labels-changed": ({ subject }) => `${subject} has other labels`,
  "rule-removed": of("the rule", " goes"),
  "rule-changed": of("the rule", " is another"),
  "exception-added": of("the exception", " holds"),
  "exception-changed": of("the exception", " excuses more"),
  "inherited-added": of("the inherited access", " is accepted"),
  "inherited-changed": of("more of the inherited access", " is accepted"),
  "team-added": ({ subject }) => `somebody approves for ${subject}`,
  "team-removed": ({ subject }) => `nobody approves for ${subject} any more`,
  "team-changed": ({ subject }) => `somebody else approves for ${subject}`,
  "sensitive-changed": () => "less is sensitive",
};

/** What a change is, as what somebody agrees to: `shop may call billing`. */
export function tellApprovable(fact: JudgedFact): string {
  return clauses[fact.kind]?.(fact) ?? `${fact.subject ?? "the matrix"} changes`;
}
