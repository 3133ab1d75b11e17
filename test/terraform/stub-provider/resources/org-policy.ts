import { orgPolicySchema } from "../schemas/org-policy.ts";
import { text } from "../wire/value.ts";
import { stored } from "./stored.ts";

export const orgPolicy = stored("OrgPolicy", {
  schema: orgPolicySchema,
  store: (world) => world.orgPolicies,
  path: (_, values) => text(values["name"]) ?? "",
  attributes: (path) => ({ id: path, name: path, parent: path.split("/policies/")[0] ?? "", etag: "etag" }),
  parseImportId: (_, id) => {
    const [parent, constraint] = id.split("/policies/");
    if (parent === undefined || constraint === undefined)
      throw new Error(`Import id "${id}" is not PARENT/policies/CONSTRAINT`);
    return { id, name: id, parent };
  },
});
