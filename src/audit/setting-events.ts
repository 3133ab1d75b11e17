import type { AuditResource, RunSettings } from "./audit-entry.ts";
import type { Mark, SettingEvent } from "./timeline.ts";

interface Deployment {
  readonly resource: AuditResource;
  readonly verb: "created" | "updated" | "deleted";
  readonly settings: Partial<RunSettings> | null;
  readonly mark: Mark;
}

/** Of a new service: what Cloud Run takes where nobody says. */
const defaults: RunSettings = {
  ingress: "all",
  invokerCheckDisabled: false,
  defaultUrlDisabled: false,
  iapEnabled: false,
  account: null,
};

const names = ["ingress", "invokerCheckDisabled", "defaultUrlDisabled", "iapEnabled", "account"] as const;

/** What a deployment changed of the settings that decide who can call, and what they are from then on. */
export function settingEvents(
  before: Partial<RunSettings> | null,
  { resource, verb, settings, mark }: Deployment,
): {
  readonly events: readonly SettingEvent[];
  readonly settings: Partial<RunSettings> | null;
  /** Whether it set something of which the state before is not known. */
  readonly isUnknown: boolean;
} {
  if (verb === "deleted")
    return {
      events: [{ resource, setting: "deleted", before: null, after: null, mark, isSure: true }],
      settings: null,
      isUnknown: false,
    };
  const isNew = verb === "created";
  const known: Partial<RunSettings> = isNew ? defaults : (before ?? {});
  const now = settings ?? {};
  const events: SettingEvent[] = isNew
    ? [{ resource, setting: "created", before: null, after: null, mark, isSure: true }]
    : [];
  for (const setting of names) {
    const [old, value] = [known[setting], now[setting]];
    if (value === undefined || old === value) continue;
    const isKnown = old !== undefined;
    events.push({
      resource,
      setting,
      before: isNew || !isKnown ? null : shown(old),
      after: shown(value),
      mark,
      isSure: isKnown,
    });
  }
  const isUnknown = !isNew && names.some((setting) => now[setting] !== undefined && known[setting] === undefined);
  // A request without settings leaves them unknown.
  return {
    events,
    settings: settings === null ? null : { ...known, ...now },
    isUnknown: isUnknown || settings === null,
  };
}

function shown(value: string | boolean | null): string {
  return value === null ? "the default account" : String(value);
}
