import { encodeCel } from "../../federation/encode-cel.ts";
import { quoteShell } from "../../shell/quote-shell.ts";
import type { CallerKindDefinition, DetailProblem, Details } from "../caller-kind.ts";
import { checkRef, softPlace } from "../check-ref.ts";
import { checkClaims, type ClaimText, composite } from "../composite.ts";
import { checkIssuer, existingPool, ownName, providerCannot } from "../issuer.ts";

export const gitlab: CallerKindDefinition<"gitlab"> = {
  kind: "gitlab",
  schema: {
    description: "Pipelines on GitLab.",
    type: "object",
    required: ["namespaceId", "project"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      issuer: {
        description: "The issuer; default: https://gitlab.com.",
        $ref: "#/$defs/issuer",
        examples: ["https://gitlab.acme.com"],
      },
      audience: { description: "The audience of the token.", $ref: "#/$defs/text", examples: ["https://gitlab.com"] },
      namespaceId: {
        description: "The numeric id of the immediate group, as text.",
        type: "string",
        pattern: "^[1-9][0-9]*$",
        examples: ["987"],
      },
      project: {
        description: "The path of the GitLab project.",
        $ref: "#/$defs/resourceName",
        examples: ["acme/shop"],
      },
      projectId: {
        description: "The numeric id of the GitLab project, as text.",
        type: "string",
        pattern: "^[1-9][0-9]*$",
        examples: ["4242"],
      },
      branch: { description: "One branch, exactly.", $ref: "#/$defs/resourceName", examples: ["main"] },
      tag: { description: "One tag, exactly.", $ref: "#/$defs/resourceName", examples: ["v1.2.0"] },
      environment: { description: "One GitLab environment, exactly.", $ref: "#/$defs/text", examples: ["production"] },
      jwks: { $ref: "#/$defs/jwks" },
      pool: { $ref: "#/$defs/pool" },
      provider: { $ref: "#/$defs/provider" },
    },
    examples: [{ namespaceId: "987", project: "acme/shop", branch: "main" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ issuer, namespaceId, project, projectId, branch, tag, environment }) =>
    [
      `GitLab project ${project} (group ${namespaceId}${projectId === undefined ? "" : `, id ${projectId}`})`,
      ...(issuer === undefined ? [] : [`at ${issuer}`]),
      ...(branch === undefined ? [] : [`branch ${branch}`]),
      ...(tag === undefined ? [] : [`tag ${tag}`]),
      ...(environment === undefined ? [] : [`environment ${environment}`]),
    ].join(", "),
  shows: {
    note: "the job has id_tokens: { MATRIX_ID_TOKEN: { aud: … } } with the audience that is shown",
    file: "/tmp/gitlab-id-token",
    // docs.gitlab.com: `ci/secrets/id_token_authentication`
    fetch: ({ file }) => ["umask 077", `printf %s "$MATRIX_ID_TOKEN" > ${quoteShell(file)}`],
  },
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
  narrowing: ["branch", "tag", "environment"],
  check: checkGitlab,
  outside({ details }) {
    const { issuer = "https://gitlab.com", audience, namespaceId, jwks } = details;
    const apart = [issuer, audience ?? "", jwks ?? ""];
    const claims = claimsOf(details);
    const name = claims.map(({ attribute }) => attribute).join("_");
    const existing = existingPool(details);
    return {
      kind: "pooled",
      pool: { family: "gitlab", apart, provider: "", title: "GitLab", existing },
      trust: { type: "oidc", issuer, audiences: audience === undefined ? [] : [audience], jwks },
      admits: `assertion.namespace_id == ${encodeCel(namespaceId)}`,
      subject: "assertion.namespace_id + ':' + assertion.project_id",
      match: composite(existing === undefined ? name : ownName(name, apart), claims),
    };
  },
};

type Gitlab = Details<"gitlab">;

/**
 * A merge request of a fork can run in the project itself, with the project's ids and the name of the fork's branch, and
 * so can what it starts. Only a protected ref tells that nobody from outside is behind it.
 * docs.gitlab.com: `ci/pipelines/merge_request_pipelines`, `ci/secrets/id_token_authentication`
 */
function unlessForked(claim: string): string {
  const source = ["merge_request_event", "parent_pipeline"]
    .map((each) => `assertion.pipeline_source == '${each}'`)
    .join(" || ");
  const isProtected = "has(assertion.ref_protected) && assertion.ref_protected == 'true'";
  return `(has(assertion.pipeline_source) && (${source}) && !(${isProtected}) ? '' : ${claim})`;
}

function claimsOf(details: Gitlab): readonly (ClaimText & { readonly attribute: string })[] {
  const { namespaceId, project, projectId, branch, tag, environment } = details;
  const ref = branch ?? tag;
  const [field, kind] = branch === undefined ? ["tag", "tag"] : ["branch", "branch"];
  return [
    { field: "namespaceId", attribute: "namespace", expression: "assertion.namespace_id", value: namespaceId },
    projectId === undefined
      ? {
          field: "project",
          attribute: "project_path",
          expression: unlessForked("assertion.project_path"),
          value: project,
        }
      : {
          field: "projectId",
          attribute: "project_id",
          expression: unlessForked("assertion.project_id"),
          value: projectId,
        },
    ...(ref === undefined
      ? []
      : [
          { field, attribute: "ref", expression: "assertion.ref", value: ref },
          { field, attribute: "type", expression: "assertion.ref_type", value: kind },
        ]),
    ...(environment === undefined
      ? []
      : [
          {
            field: "environment",
            attribute: "environment",
            expression: "(has(assertion.environment) ? assertion.environment : '')",
            value: environment,
          },
        ]),
  ];
}

function checkGitlab(details: Gitlab): readonly DetailProblem[] {
  const { project, branch, tag, environment, provider } = details;
  const problems = [
    ...checkRef(details),
    ...checkClaims(claimsOf(details), "every pipeline of GitLab"),
    ...checkIssuer(details),
    ...(provider === undefined ? [] : [providerCannot("the claims of GitLab")]),
  ];
  if (branch !== undefined && tag !== undefined)
    return [
      ...problems,
      {
        field: "tag",
        problem: "limit",
        message: "has both a branch and a tag, and a pipeline is of one of them",
        help: "write a caller for each",
      },
    ];
  if (branch !== undefined) return problems;
  if (tag !== undefined || environment !== undefined)
    return [...problems, ...softPlace({ tag, environment }, project, "GitLab")];
  return [
    ...problems,
    {
      field: "project",
      problem: "wide",
      message: `admits every pipeline of any branch of ${project}: everybody who can push a branch to it`,
      help: "add branch, tag or environment",
    },
  ];
}
