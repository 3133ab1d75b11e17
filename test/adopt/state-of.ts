/** A state file of another configuration. */
export function stateOf(...resources: readonly (readonly [type: string, name: string, attributes: object])[]): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.9.8",
    serial: 3,
    lineage: "0f0e0d0c",
    outputs: {},
    resources: resources.map(([type, name, attributes]) => ({
      mode: "managed",
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/google"]',
      instances: [{ schema_version: 0, attributes }],
    })),
  });
}
