/** A cdk.tf.json as a reader of Terraform sees it. */
export interface StackJson {
  readonly terraform: {
    readonly required_version: string;
    readonly required_providers: { readonly google: { readonly source: string; readonly version: string } };
    readonly backend: Readonly<Record<string, Arguments>>;
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly check?: Readonly<Record<string, unknown>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string; readonly lifecycle: { readonly destroy: boolean } }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

export type Arguments = Readonly<Record<string, unknown>>;

/** A resource of a stack, with what its address is made of. */
export interface ResourceJson {
  readonly type: string;
  readonly name: string;
  readonly args: Arguments;
}

export function resourcesOf({ resource = {} }: StackJson): readonly ResourceJson[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, args]) => ({ type, name, args })),
  );
}
