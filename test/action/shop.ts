/** A shop in which nobody calls billing yet. */
export const shop = `version: 1
owners:
  team-web: { github: "@acme/web" }
  team-payments: { github: "@acme/payments" }
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
sensitive: { labels: { data: pci } }
services:
  storefront:
    owner: team-web
    ingress: all
    public: { reason: Customers browse without signing in }
  checkout: { owner: team-web }
  billing: { owner: team-payments, labels: { data: pci } }
trust:
  storefront -> checkout: Places orders
`;

/** The internet comes to reach billing. */
export const gained = `${shop}  checkout -> billing: Charges the card\n`;

/** An edge to a service that is not there. */
export const broken = `${shop}  storefront -> biling: Slip\n`;
