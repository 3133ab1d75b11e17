import { createAccount, deleteAccount, getAccount, patchAccount } from "../google/accounts.ts";
import { isNotFound } from "../google/google.ts";
import type { Complaint, Context, DataSourceType, ResourceType } from "../resource-type.ts";
import { serviceAccountDataSchema, serviceAccountSchema } from "../schemas/service-account.ts";
import { text, type ObjectValue, type Value } from "../wire/value.ts";
import { accountEmail, accountPath, projectOfAccount, type Account } from "../world.ts";
import { withDefaultProject } from "./default-project.ts";

const MOST_BYTES = { description: 256, display_name: 100 } as const;

export const serviceAccount: ResourceType = {
  schema: serviceAccountSchema,
  validate: (config) => [...idComplaints(config["account_id"]), ...lengthComplaints(config)],
  refinePlan: (context, planned, prior) => {
    const withProject = withDefaultProject(context, planned, prior);
    const project = text(withProject["project"]);
    const accountId = text(withProject["account_id"]);
    if (project === undefined || accountId === undefined) return withProject;
    const email = accountEmail(project, accountId);
    return { ...withProject, email, member: `serviceAccount:${email}` };
  },
  create: (context, planned) => {
    const project = text(planned["project"]);
    if (project === undefined) throw new Error("project: required field is not set");
    return { ...planned, email: createOrAdopt(context, project, planned) };
  },
  read: ({ google }, state) => {
    const email = text(state["email"]) ?? "";
    try {
      return { ...state, ...attributesOf(email, getAccount(google, email)) };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  },
  update: ({ google }, planned, prior) => {
    const email = text(prior["email"]) ?? "";
    if (planned["disabled"] !== prior["disabled"])
      patchAccount(google, email, { disabled: planned["disabled"] === true });
    const change = {
      ...(planned["description"] === prior["description"] ? {} : { description: text(planned["description"]) ?? "" }),
      ...(planned["display_name"] === prior["display_name"]
        ? {}
        : { displayName: text(planned["display_name"]) ?? "" }),
    };
    if (Object.keys(change).length > 0) patchAccount(google, email, change);
    return planned;
  },
  remove: ({ google }, prior) => deleteAccount(google, text(prior["email"]) ?? ""),
  parseImportId: (_, id) => {
    const email = id.split("/").at(-1) ?? "";
    if (!/^(projects\/[^/]+\/serviceAccounts\/|[^/]+\/)?[^/@]+@[^/]+$/.test(id)) {
      throw new Error(`Import id "${id}" doesn't match any of the accepted formats: projects/P/serviceAccounts/EMAIL`);
    }
    return { id: accountPath(email), email };
  },
};

export const serviceAccountData: DataSourceType = {
  schema: serviceAccountDataSchema,
  read: ({ google, settings }, config) => {
    const written = (text(config["account_id"]) ?? "").split("/").at(-1) ?? "";
    const project = text(config["project"]) ?? text(settings["project"]) ?? "";
    const email = written.includes("@") ? written : accountEmail(project, written);
    return { ...config, ...attributesOf(email, getAccount(google, email)), account_id: config["account_id"] ?? null };
  },
};

function createOrAdopt({ google }: Context, project: string, planned: ObjectValue): string {
  const accountId = text(planned["account_id"]) ?? "";
  const email = accountEmail(project, accountId);
  if (planned["create_ignore_already_exists"] === true && email in google.world.accounts) return email;
  return createAccount(google, {
    project,
    accountId,
    displayName: text(planned["display_name"]) ?? "",
    description: text(planned["description"]) ?? "",
  });
}

function attributesOf(email: string, account: Account): ObjectValue {
  return {
    account_id: email.split("@")[0] ?? "",
    description: account.description === "" ? null : account.description,
    disabled: account.disabled,
    display_name: account.displayName === "" ? null : account.displayName,
    email,
    id: accountPath(email),
    member: `serviceAccount:${email}`,
    name: accountPath(email),
    project: projectOfAccount(email) ?? null,
    unique_id: account.uniqueId,
  };
}

function idComplaints(accountId: Value | undefined): readonly Complaint[] {
  const id = text(accountId);
  if (id === undefined || (/^[a-z]([-a-z0-9]*[a-z0-9])$/.test(id) && id.length >= 6 && id.length <= 30)) return [];
  const message = `"account_id" ("${id}") doesn't match regexp "^(?:[a-z](?:[-a-z0-9]{4,28}[a-z0-9]))$"`;
  return [{ attribute: "account_id", message }];
}

function lengthComplaints(config: ObjectValue): readonly Complaint[] {
  return Object.entries(MOST_BYTES).flatMap(([attribute, most]) => {
    const bytes = Buffer.byteLength(text(config[attribute]) ?? "", "utf8");
    return bytes <= most
      ? []
      : [
          {
            attribute,
            message: `expected length of ${attribute} to be in the range (0 - ${most}), got ${bytes} bytes`,
          },
        ];
  });
}
