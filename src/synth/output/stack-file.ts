/** A synthesized stack as it is read back from its file. */
export interface StackFile {
  readonly name: string;
  /** The arguments of each resource by its address. */
  readonly resources: ReadonlyMap<string, Arguments>;
  /** Where addresses have moved to. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that are forgotten without being destroyed. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses that are imported. */
  readonly imported: ReadonlySet<string>;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** Reads a cdk.tf.json that matrix wrote; undefined where somebody else did, or where it is no JSON. */
export function readStackFile(name: string, text: string): StackFile | undefined {
  const json = parseObject(text);
  const mark = json?.["//"] as { readonly generator?: unknown } | undefined;
  if (json === undefined || mark?.generator !== "matrix") return undefined;
  const byType = (json["resource"] ?? {}) as Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  const resources = Object.entries(byType).flatMap(([type, named]) =>
    Object.entries(named).map(([id, args]) => [`${type}.${id}`, args] as const),
  );
  const moved = ((json["moved"] ?? []) as readonly { readonly from: string; readonly to: string }[]).map(
    ({ from, to }) => [from, to] as const,
  );
  const forgotten = ((json["removed"] ?? []) as readonly { readonly from: string }[]).map(({ from }) => from);
  const imported = ((json["import"] ?? []) as readonly { readonly to: string }[]).map(({ to }) => to);
  return {
    name,
    resources: new Map(resources),
    moved: new Map(moved),
    forgotten: new Set(forgotten),
    imported: new Set(imported),
  };
}

/** The name of the service or caller that an address of ours belongs to; that of a pool or provider itself. */
export function ownerOfAddress(address: string): string {
  if (address.startsWith("google_iam_workload_identity_pool")) return address.split(".").at(-1) ?? "";
  // Names hold no underscore and no dot.
  return (address.split(".").at(-1) ?? "").split("_", 1)[0] ?? "";
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
