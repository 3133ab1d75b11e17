/** Who calls whom: for each node its neighbours, in order. */
export type Adjacency = ReadonlyMap<string, readonly string[]>;
