import { accountProject } from "../access/account-project.ts";

/** Where an account lives: its project by id or number. */
export interface AccountHome {
  readonly project: string;
  /** Whether the project is only guessed from the address. */
  readonly isGuess: boolean;
}

/**
 * The project of a service account, by its address; undefined for addresses of Google's own agents, which nobody else may
 * look up, and for what is no service account at all. `-` in place of the project does not do: Google then answers 403
 * for accounts that do not exist. docs: /iam/docs/service-account-types, /iam/docs/service-agents
 */
export function findAccountHome(email: string): AccountHome | undefined {
  const address = /^(?!\.{1,2}@)([\w.-]+)@([\w.-]+)$/.exec(email);
  if (address === null) return undefined;
  const [, name = "", domain = ""] = address;
  if (domain === "developer.gserviceaccount.com") {
    const number = /^(\d+)-compute$/.exec(name)?.[1];
    return number === undefined ? undefined : { project: number, isGuess: false };
  }
  if (domain === "appspot.gserviceaccount.com") return { project: name, isGuess: false };
  const home = accountProject(email);
  if (home === undefined || !/^[a-z0-9][a-z0-9.-]*$/.test(home) || isAgent(name, home)) return undefined;
  const dot = home.indexOf(".");
  if (dot === -1) return { project: home, isGuess: false };
  // A project of the old kind, `example.com:name`, has addresses at `name.example.com.iam…`: no document says so.
  return { project: `${home.slice(dot + 1)}:${home.slice(0, dot)}`, isGuess: true };
}

/** Agents are `service-NUMBER@gcp-sa-….iam…` and, of older services, at projects of other names. */
function isAgent(name: string, home: string): boolean {
  return home.startsWith("gcp-sa-") || /^service-(?:(?:org|folder)-)?\d{6,}$/.test(name);
}

/** The service accounts that members of a policy name, without those that are deleted and those of Kubernetes. */
export function accountsIn(members: readonly string[]): readonly string[] {
  return members.flatMap((member) => {
    const email = /^serviceAccount:([^[\]]+)$/.exec(member)?.[1];
    return email === undefined ? [] : [email.toLowerCase()];
  });
}
