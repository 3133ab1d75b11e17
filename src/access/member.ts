/** A member of an allow policy, taken apart. docs: /iam/docs/principal-identifiers */
export type Member =
  /** An identity with an email. */
  | { readonly kind: "user" | "serviceAccount" | "group"; readonly principal: string; readonly email: string }
  | { readonly kind: "domain"; readonly principal: string; readonly domain: string }
  | { readonly kind: "allUsers" | "allAuthenticatedUsers"; readonly principal: string }
  /** The holders of a basic role in a project. */
  | { readonly kind: "convenience"; readonly principal: string; readonly role: string; readonly project: string }
  /** Every service account of the projects below a container, by its number. */
  | { readonly kind: "accounts-below"; readonly principal: string; readonly container: string }
  | { readonly kind: "workforce" | "federated" | "deleted" | "other"; readonly principal: string };

const emailForm = /^(user|serviceAccount|group|domain):(.+)$/;
const convenienceForm = /^project(Owner|Editor|Viewer):(.+)$/;
const accountsForm =
  /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/\d+)\/type\/ServiceAccount$/;
const googleForm = /^principal(Set)?:\/\/(cloudresourcemanager\.googleapis\.com|goog)\//;
/** The form of Kubernetes service accounts that came before principal://. */
const kubernetesForm = /^serviceAccount:[^[\]]+\.svc\.id\.goog\[/;

const known = new Map<string, Member>();

/**
 * The member that a policy writes, with emails and domains in lower case, as IAM compares them.
 */
export function parseMember(text: string): Member {
  const before = known.get(text);
  if (before !== undefined) return before;
  const member = parse(text);
  // Policies repeat few members many times; the limit keeps a hostile snapshot from filling the memory.
  if (known.size < 1_000_000) known.set(text, member);
  return member;
}

function parse(text: string): Member {
  if (text === "allUsers" || text === "allAuthenticatedUsers") return { kind: text, principal: text };
  if (text.startsWith("deleted:")) return { kind: "deleted", principal: text };
  const convenience = convenienceForm.exec(text);
  if (convenience !== null) {
    const [, role = "", project = ""] = convenience;
    return { kind: "convenience", principal: text, role: `roles/${role.toLowerCase()}`, project };
  }
  const accounts = accountsForm.exec(text);
  if (accounts !== null) return { kind: "accounts-below", principal: text, container: accounts[1] ?? "" };
  if (/^principal(Set)?:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\//.test(text))
    return { kind: "workforce", principal: text };
  // Sets of Google's own identities, in spellings that allow policies are not said to take: never dropped.
  if (googleForm.test(text)) return { kind: "other", principal: text };
  if (/^principal(Set)?:\/\//.test(text) || kubernetesForm.test(text)) return { kind: "federated", principal: text };
  const identity = emailForm.exec(text);
  if (identity === null) return { kind: "other", principal: text };
  const [, prefix = "", written = ""] = identity;
  // Addresses are ASCII, and other alphabets have letters whose lower case is one of it.
  const email = written.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  const principal = `${prefix}:${email}`;
  if (prefix === "domain") return { kind: "domain", principal, domain: email };
  // The pattern admits these three only.
  return { kind: prefix as "user" | "serviceAccount" | "group", principal, email };
}
