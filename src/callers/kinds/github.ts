import { encodeCel } from "../../federation/encode-cel.ts";
import { quoteShell } from "../../shell/quote-shell.ts";
import type { CallerKindDefinition, DetailProblem, Details } from "../caller-kind.ts";
import { checkRef, softPlace } from "../check-ref.ts";
import { checkClaims, type ClaimText, composite } from "../composite.ts";
import { shortHash } from "../short-hash.ts";

export const github: CallerKindDefinition<"github"> = {
  kind: "github",
  schema: {
    description: "Workflows on GitHub Actions. Ids, not names, since a name can pass to somebody else.",
    type: "object",
    required: ["ownerId", "repository"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      ownerId: {
        description: "The numeric id of the owner, as text.",
        type: "string",
        pattern: "^[1-9][0-9]*$",
        examples: ["1342004"],
      },
      repository: {
        description: "The repository.",
        type: "string",
        pattern: "^[A-Za-z0-9-]+/(?![A-Za-z0-9._-]*\\.git$)[A-Za-z0-9._-]+$",
        examples: ["acme/shop"],
      },
      repositoryId: {
        description: "The numeric id of the repository, as text.",
        type: "string",
        pattern: "^[1-9][0-9]*$",
        examples: ["8675309"],
      },
      branch: { description: "One branch, exactly.", $ref: "#/$defs/resourceName", examples: ["main"] },
      tag: { description: "One tag, exactly.", $ref: "#/$defs/resourceName", examples: ["v1.2.0"] },
      environment: { description: "One GitHub environment, exactly.", $ref: "#/$defs/text", examples: ["production"] },
      workflow: {
        description: "One workflow file, exactly, by its path.",
        type: "string",
        pattern: "^\\.github/workflows/[^/*?\\s]+\\.ya?ml$",
        maxLength: 500,
        examples: [".github/workflows/deploy.yml"],
      },
    },
    examples: [{ ownerId: "1342004", repository: "acme/shop", branch: "main" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ ownerId, repository, repositoryId, branch, tag, environment, workflow }) =>
    [
      `repository ${repository} (owner ${ownerId}${repositoryId === undefined ? "" : `, id ${repositoryId}`})`,
      ...(branch === undefined ? [] : [`branch ${branch}`]),
      ...(tag === undefined ? [] : [`tag ${tag}`]),
      ...(environment === undefined ? [] : [`environment ${environment}`]),
      ...(workflow === undefined ? [] : [`workflow ${workflow}`]),
    ].join(", "),
  shows: {
    note: "the job has permissions: { id-token: write }, and a step fetches the token before it is shown",
    file: "/tmp/github-id-token.json",
    field: "value",
    // docs.github.com: OpenID Connect reference, `ACTIONS_ID_TOKEN_REQUEST_URL`, which ends in a query
    fetch: ({ audience, file }) => [
      "umask 077",
      `printf 'Authorization: Bearer %s' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" | curl -sSf -H @- "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${encodeURIComponent(audience)}" > ${quoteShell(file)}`,
    ],
  },
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
  narrowing: ["branch", "tag", "environment", "workflow"],
  check: checkGithub,
  outside: ({ details }) => ({
    kind: "pooled",
    pool: { family: "github", apart: [], provider: "", title: "GitHub Actions", existing: undefined },
    trust: { type: "oidc", issuer: "https://token.actions.githubusercontent.com", audiences: [], jwks: undefined },
    admits: `assertion.repository_owner_id == ${encodeCel(details.ownerId)}`,
    subject: "assertion.repository_owner_id + ':' + assertion.repository_id",
    match: composite(attributeOf(details), claimsOf(details)),
  }),
};

type Github = Details<"github">;

/** The ref of the run, as its claim `ref` has it. */
function refOf({ branch, tag }: Github): string | undefined {
  if (branch !== undefined) return `refs/heads/${branch}`;
  return tag === undefined ? undefined : `refs/tags/${tag}`;
}

/** Of each list of expressions one name. Only that of a workflow without a ref holds a text of the matrix. */
function attributeOf(details: Github): string {
  const { repositoryId, environment, workflow } = details;
  const ref = refOf(details);
  return [
    repositoryId === undefined ? "repository" : "repository_id",
    ...(ref === undefined ? [] : ["ref"]),
    ...(environment === undefined ? [] : ["environment"]),
    ...(workflow === undefined ? [] : [ref === undefined ? `workflow_${shortHash(workflow)}` : "workflow"]),
  ].join("_");
}

/** docs.github.com: OpenID Connect reference, the claims of the token. Only `environment` is missing in some. */
function claimsOf(details: Github): readonly ClaimText[] {
  const { ownerId, repository, repositoryId, branch, environment, workflow } = details;
  const ref = refOf(details);
  return [
    { field: "ownerId", expression: "assertion.repository_owner_id", value: ownerId },
    repositoryId === undefined
      ? { field: "repository", expression: "assertion.repository", value: repository }
      : { field: "repositoryId", expression: "assertion.repository_id", value: repositoryId },
    ...(ref === undefined
      ? []
      : [{ field: branch === undefined ? "tag" : "branch", expression: "assertion.ref", value: ref }]),
    ...(environment === undefined
      ? []
      : [
          {
            field: "environment",
            expression: "(has(assertion.environment) ? assertion.environment : '')",
            value: environment,
          },
        ]),
    ...(workflow === undefined ? [] : [workflowClaim(repository, workflow, ref)]),
  ];
}

/**
 * `workflow_ref` is OWNER/REPOSITORY/PATH@REF, and file names and refs may hold an @, so nothing is cut out of it: the
 * whole text is compared, with the declared ref where there is one, else with the run's own.
 */
function workflowClaim(repository: string, workflow: string, ref: string | undefined): ClaimText {
  const field = "workflow";
  if (ref !== undefined)
    return { field, expression: "assertion.workflow_ref", value: `${repository}/${workflow}@${ref}` };
  const whole = `assertion.repository + ${encodeCel(`/${workflow}@`)} + assertion.ref`;
  return { field, expression: `(assertion.workflow_ref == ${whole} ? 'yes' : 'no')`, value: "yes" };
}

function checkGithub(details: Github): readonly DetailProblem[] {
  const { branch, tag } = details;
  const problems = [...checkClaims(claimsOf(details), "every workflow of GitHub"), ...checkRef(details)];
  if (branch !== undefined && tag !== undefined)
    return [
      ...problems,
      {
        field: "tag",
        problem: "limit",
        message: "has both a branch and a tag, and a run is of one of them",
        help: "write a caller for each",
      },
    ];
  return [...problems, ...checkWidth(details)];
}

/** Whom a caller without a branch admits: what stands in its place is as safe as rules that GitHub keeps. */
function checkWidth({ repository, branch, tag, environment, workflow }: Github): readonly DetailProblem[] {
  if (branch !== undefined) return [];
  if (tag !== undefined || environment !== undefined) return softPlace({ tag, environment }, repository, "GitHub");
  const whose = `any branch of ${repository}, of its pull requests as well`;
  return [
    workflow === undefined
      ? {
          field: "repository",
          problem: "wide",
          message: `admits every workflow on ${whose}: everybody who can push a branch to it`,
          help: "add branch, tag or environment",
        }
      : {
          field: "workflow",
          problem: "wide",
          message: `admits ${workflow} as it stands on ${whose}: everybody who can push a branch can change the file there`,
          help: "add branch, tag or environment",
        },
  ];
}
