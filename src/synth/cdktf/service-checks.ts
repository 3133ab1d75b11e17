import { regionalName } from "../plan/addresses.ts";
import type { CheckPlan } from "../plan/stack-plan.ts";
import { encodeQuoted, encodeText } from "./encode-text.ts";

/**
 * `check` blocks over services that a pipeline deploys, by name: each reads its service and warns where account,
 * ingress or invoker check differ. CDKTF has no construct for them.
 */
export function serviceChecks(checks: readonly CheckPlan[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    checks.map(({ key, project, region, name, account, ingress, invokerIamDisabled }) => {
      const id = regionalName(key, region);
      const data = `data.google_cloud_run_v2_service.${id}`;
      return [
        id,
        {
          data: { google_cloud_run_v2_service: { [id]: { project, location: region, name } } },
          assert: [
            {
              condition: `\${${data}.template[0].service_account == ${encodeQuoted(account)}}`,
              error_message: encodeText(`${name} in ${region} does not run as ${account}.`),
            },
            {
              condition: `\${${data}.ingress == ${encodeQuoted(ingress)}}`,
              error_message: `${name} in ${region} does not have ingress ${ingress}.`,
            },
            {
              condition: `\${coalesce(${data}.invoker_iam_disabled, false) == ${invokerIamDisabled}}`,
              error_message: `${name} in ${region} has its invoker check ${invokerIamDisabled ? "on" : "off"}.`,
            },
          ],
        },
      ];
    }),
  );
}
