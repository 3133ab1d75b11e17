import type { Cause } from "../case.ts";

/** docs: /run/docs/securing/ingress#disable-url — a disabled run.app URL gives 404; a load balancer or a domain still works. */
export const defaultUrlOff: Cause = {
  id: "default-url-off",
  title: "its run.app URL is off",
  statuses: [404],
  needs: "live",
  find({ audience, live }) {
    const off = (live?.found ?? []).filter(({ service }) => service.record.defaultUrlDisabled);
    if (off.length === 0) return undefined;
    const isRunApp = audience === undefined ? undefined : /^https:\/\/[^/]+\.run\.app(?:\/|$)/.test(audience);
    if (isRunApp === false) return undefined;
    return {
      likelihood: "likely",
      evidence: [
        ...off.map(({ region }) => `its default URL is off in ${region}`),
        ...(isRunApp === true ? [`${audience} is one of a run.app URL`] : []),
      ],
      fix: "call it at its load balancer or its own domain, with a custom audience; or turn the URL on again",
    };
  },
};
