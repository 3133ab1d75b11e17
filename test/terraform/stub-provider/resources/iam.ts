import { createHash } from "node:crypto";
import { isNotFound } from "../google/google.ts";
import { canonicalMember, getMembers, setMembers } from "../google/policies.ts";
import type { Complaint, Context, ResourceType } from "../resource-type.ts";
import { iamBindingSchema, iamMemberSchema } from "../schemas/iam.ts";
import { isZero, text, texts, type ObjectValue, type Value } from "../wire/value.ts";
import { namesTheSame, type IamParent } from "./iam-parent.ts";

/** Authoritative for one role: whoever else has it loses it. */
export function iamBinding(parent: IamParent): ResourceType {
  const write = (context: Context, planned: ObjectValue): ObjectValue => {
    const { resource, role, resolved } = target(parent, context, planned);
    setMembers(context.google, resource, role, texts(planned["members"]) ?? []);
    return { ...planned, ...resolved, id: `${stateId(resource)}/${role}` };
  };
  return {
    schema: iamBindingSchema(parent.attributes),
    validate: (config) => [...memberComplaints("members", config["members"]), ...conditionComplaints(config)],
    suppress: { members: sameMembers, ...(suppressesName(parent) ? { [parent.nameArgument]: namesTheSame } : {}) },
    create: write,
    update: write,
    read: (context, state) => {
      const { resource, role, resolved } = target(parent, context, state);
      const members = ifFound(() => getMembers(context.google, resource, role));
      if (members === undefined) return null;
      return { ...state, ...resolved, members, etag: etagOf(context, resource) };
    },
    remove: (context, prior) => {
      const { resource, role } = target(parent, context, prior);
      ifFound(() => setMembers(context.google, resource, role, []));
    },
    parseImportId: (context, id) => {
      const [name, role, ...rest] = id.split(/\s+/);
      if (name === undefined || role === undefined || rest.length > 0) {
        throw new Error(`Wrong number of parts to Binding id ${id}; expected 'resource_name role'.`);
      }
      const { resource, resolved } = parent.resolve(context, { [parent.nameArgument]: name });
      return { ...resolved, role, id: `${stateId(resource)}/${role}` };
    },
  };
}

/** Additive: says nothing about others who have the role. */
export function iamMember(parent: IamParent): ResourceType {
  return {
    schema: iamMemberSchema(parent.attributes),
    validate: (config) => [...memberComplaints("member", [config["member"] ?? null]), ...conditionComplaints(config)],
    suppress: {
      member: (prior, planned) => sameMembers([prior], [planned]),
      ...(suppressesName(parent) ? { [parent.nameArgument]: namesTheSame } : {}),
    },
    create: (context, planned) => {
      const { resource, role, resolved } = target(parent, context, planned);
      const member = memberOf(planned);
      setMembers(context.google, resource, role, [...getMembers(context.google, resource, role), member]);
      return { ...planned, ...resolved, member, id: `${stateId(resource)}/${role}/${member}` };
    },
    update: () => {
      throw new Error("every argument of an IAM member makes a new one");
    },
    read: (context, state) => {
      const { resource, role, resolved } = target(parent, context, state);
      const members = ifFound(() => getMembers(context.google, resource, role)) ?? [];
      const member = members.find((known) => known.toLowerCase() === memberOf(state).toLowerCase());
      return member === undefined ? null : { ...state, ...resolved, member, etag: etagOf(context, resource) };
    },
    remove: (context, prior) => {
      const { resource, role } = target(parent, context, prior);
      ifFound(() => {
        const others = getMembers(context.google, resource, role).filter((known) => known !== memberOf(prior));
        setMembers(context.google, resource, role, others);
      });
    },
    parseImportId: (context, id) => {
      const [name, role, member, ...rest] = id.split(/\s+/);
      if (name === undefined || role === undefined || member === undefined || rest.length > 0) {
        throw new Error(`Wrong number of parts to Member id ${id}; expected 'resource_name role member'.`);
      }
      const { resource, resolved } = parent.resolve(context, { [parent.nameArgument]: name });
      return { ...resolved, role, member, id: `${stateId(resource)}/${role}/${canonicalMember(member)}` };
    },
  };
}

function target(parent: IamParent, context: Context, values: ObjectValue) {
  return { ...parent.resolve(context, values), role: text(values["role"]) ?? "" };
}

function memberOf(values: ObjectValue): string {
  return canonicalMember(text(values["member"]) ?? "");
}

/** The state id of a project's grant begins with the bare project id. */
function stateId(resource: string): string {
  return resource.replace(/^projects\/([^/]+)$/, "$1");
}

function suppressesName(parent: IamParent): boolean {
  return "location" in parent.attributes;
}

function sameMembers(prior: Value, planned: Value): boolean {
  const before = texts(prior)?.map(canonicalMember);
  const after = texts(planned)?.map(canonicalMember);
  return before !== undefined && after !== undefined && before.toSorted().join() === after.toSorted().join();
}

/** Changes with every role of the policy, as Google's does. */
function etagOf({ google }: Context, resource: string): string {
  return createHash("sha1")
    .update(JSON.stringify(google.world.policies[resource] ?? {}))
    .digest("base64");
}

function ifFound<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function memberComplaints(attribute: string, members: Value | undefined): readonly Complaint[] {
  const known = Array.isArray(members) ? members.filter((member) => typeof member === "string") : [];
  return known.flatMap((member) => {
    if (member.startsWith("deleted")) {
      return [
        {
          attribute,
          message: `invalid value for ${attribute} (Terraform does not support IAM members for deleted principals)`,
        },
      ];
    }
    if (/.+:.+|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers/.test(member)) return [];
    return [
      {
        attribute,
        message: `invalid value "${member}" for ${attribute} (IAM members must have one of the documented forms)`,
      },
    ];
  });
}

/** The real provider accepts a condition and then misreads the policy: no test should rely on one. */
function conditionComplaints(config: ObjectValue): readonly Complaint[] {
  if (isZero(config["condition"] ?? null)) return [];
  return [{ attribute: "condition", message: "the stub of the provider knows no conditions" }];
}
