/** A small change as a person writes it, and what a diff tells of it. */
export interface FactTheme {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** One line each. */
  readonly facts: string;
}

export const frame = `
version: 1
environments:
  prod: { projects: { core: { id: acme-prod, number: "1" }, pci: { id: acme-pci, number: "2" } }, regions: [europe-west1] }
  staging: { project: acme-staging, number: "3", regions: [europe-west1] }
`;
export const shop = `${frame}
services:
  shop: { owner: team-web }
  books: { owner: team-books, labels: { data: pci } }
  rates: { owner: team-books }
`;
export const people = `${shop}
callers:
  ana: { user: ana@acme.com }
  bob: { user: bob@acme.com }
`;
