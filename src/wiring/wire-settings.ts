import { settingsOf } from "../callers/caller-of.ts";
import type { Setting } from "../callers/setting.ts";
import type { Caller } from "../matrix/model/world.ts";
import { shellCommand } from "../shell/quote-shell.ts";
import type { Call, Endpoint, WiredSetting } from "./wiring-report.ts";

/** What is set on a caller so that it calls one endpoint; null where nothing can be said, since the URL is not known. */
export function endpointSettings(
  caller: Caller,
  { kind }: Pick<Call, "kind">,
  { url, audience }: Pick<Endpoint, "url" | "audience">,
): readonly Setting[] | null {
  return url === null ? null : settingsOf(caller, { callee: kind, url, audience });
}

/** Of the settings for one endpoint, those that are the same for every other: they name neither its URL nor its audience. */
export function isForAll({ fields }: Setting, { url, audience }: Pick<Endpoint, "url" | "audience">): boolean {
  return fields.every(({ value }) => value !== url && value !== audience);
}

/** A setting as a report has it, with its command for a shell. */
export function wireSetting({ on, fields, command }: Setting): WiredSetting {
  return { on, fields, command: command === null ? null : shellCommand(command) };
}

/** In the place of a URL that is not known: what names neither it nor its audience can be said all the same. */
const unknownEndpoint = { url: "https://url.invalid", audience: "https://audience.invalid" } as const;

/** What is set on a caller whatever it calls, each once. */
export function commonSettings(caller: Caller, calls: readonly Call[]): readonly WiredSetting[] {
  const common = calls
    .filter(({ credential }) => credential !== "proxy")
    .flatMap((call) =>
      call.endpoints.flatMap((endpoint) => {
        const asked = endpoint.url === null ? unknownEndpoint : endpoint;
        return (endpointSettings(caller, call, asked) ?? []).filter((each) => isForAll(each, asked));
      }),
    );
  return [...new Map(common.map((each) => [JSON.stringify(each), wireSetting(each)])).values()];
}
