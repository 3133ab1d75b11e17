/** What `matrix init` writes: right as it stands, with the keys that most teams need first. */
export const starter = `# yaml-language-server: $schema=./node_modules/trust-matrix/schemas/matrix.schema.json
# A trust matrix: which service may call which, and why. Check it with: matrix validate
version: 1

environments:
  prod:
    project: acme-prod # your project's id
    # number: "111111111111" # with it, synth prints the audience URLs
    regions: [europe-west1]

services:
  storefront:
    description: Web shop
    ingress: all
    public: { reason: Customers browse without signing in } # the only way to be open
  checkout:
    description: Places orders
    # mode: observe # observe: Terraform touches nothing; add: adds callers; enforce (default): the row is exactly this
  billing:
    description: Charges cards
    # account: { id: billing-run, manage: adopt } # an account that exists: Terraform imports it
    # planned: [prod] # not deployed yet: gets its account now, its row later

# callers:
#   oncall: { description: Engineers on call, group: oncall@acme.example }

# caller -> callee: why
trust:
  storefront -> checkout: Places orders
  checkout -> billing: { reason: Charges the card when an order is placed, ticket: SEC-1 }
  # people need a date on which somebody looks again
  # oncall -> billing: { reason: Debugging, expires: 2027-06-30 }
`;
