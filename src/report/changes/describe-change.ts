import type {
  AccessChange,
  ChangesReport,
  ExpiredEdge,
  OtherChange,
  SettingChange,
  Who,
} from "../../audit/changes-report.ts";
import { count } from "../../words/enumerate-words.ts";

/** The verdict and its completeness, in one sentence without a full stop. */
export function headline(report: ChangesReport): string {
  const { environment, from, to, changes, settings, others, expiries, summary, gaps } = report;
  const record = gaps.length === 0 ? "the record is whole" : `the record has ${count(gaps.length, "gap")}`;
  const shown = [...changes, ...settings];
  const all = shown.filter((each) => !isFound(each)).length + others.length;
  const found = shown.filter(isFound).length;
  const left = expiries.filter(({ outcome }) => isLeft(outcome)).length;
  const against = summary.against - found - left;
  const more = [
    ...(found === 0 ? [] : [`${found} more ${found === 1 ? "holds" : "hold"} against it, since when is not known`]),
    ...(left === 0 ? [] : [`${count(left, "edge")} expired and still let in`]),
  ];
  const changed = `${count(all, "change")} of who can call, ${against === 0 ? "none" : against} of them against the matrix in force`;
  return `${environment} from ${from} to ${to}: ${[changed, ...more, record].join("; ")}`;
}

/** Whether it is told of a state that is the first one known, and not of a change. */
function isFound(each: AccessChange | SettingChange): boolean {
  return "change" in each ? each.change === "holds" : !each.sure;
}

/** Whether an edge expired, and its member is still let in. */
export function isLeft(outcome: ExpiredEdge["outcome"]): boolean {
  return outcome === "still-there" || outcome === "still-otherwise";
}

const ways: Readonly<Record<AccessChange["way"], string>> = {
  invoke: "",
  "pass-iap": "lets it pass Identity-Aware Proxy",
  become: "lets it become the account",
  "run-as": "lets it run code as the account",
  "write-policy": "lets it change who may call",
  "unknown-role": "what the role may do is not known",
};

/** What was granted or removed. */
export function sentence({ change, member, role, service, resource, condition }: AccessChange): string {
  const verb = { granted: "got", removed: "lost", holds: "holds" }[change];
  const where = service === null ? resource : `${service} (${resource})`;
  return `${member} ${verb} ${role} on ${where}${condition === null ? "" : `, if ${condition}`}`;
}

/** What the matrix in force says of it, and what makes it less plain. */
export function standingWords(each: AccessChange): string {
  const { change, standing, declaredBy, commit, way, sure, source } = each;
  const by = declaredBy === null ? "" : ` by ${declaredBy}`;
  const words =
    change !== "removed"
      ? {
          declared: `declared${by}`,
          inherited: `declared as inherited${by}`,
          managed: "an agent of Google's own",
          expired: `expired: was declared${by}`,
          undeclared: "undeclared",
          unknown: "no matrix is known to have been in force",
        }[standing]
      : {
          declared: `removed although declared${by}`,
          inherited: `was declared as inherited${by}`,
          managed: "an agent of Google's own",
          expired: `rightly: it had expired${by}`,
          undeclared: "rightly: nobody had declared it",
          unknown: "no matrix is known to have been in force",
        }[standing];
  return [
    words,
    ways[way],
    source === "deleted" ? "with the service, which was deleted" : "",
    change === "holds"
      ? "since when is not known: the first policy that is known holds it"
      : sure
        ? ""
        : "by this entry, or by one before it that is missing",
    commitWords(commit),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

const settingNames: Readonly<Record<SettingChange["setting"], string>> = {
  created: "created",
  deleted: "deleted",
  ingress: "ingress",
  invokerCheckDisabled: "invoker check disabled",
  defaultUrlDisabled: "default URL disabled",
  iapEnabled: "Identity-Aware Proxy enabled",
  account: "runs as",
};

export function settingSentence({ setting, service, resource, before, after }: SettingChange): string {
  const where = service === null ? resource : `${service} (${resource})`;
  if (setting === "created" || setting === "deleted") return `${where} was ${setting}`;
  return `${where}: ${settingNames[setting]}: ${after ?? "?"}${before === null ? "" : `, before ${before}`}`;
}

export function settingWords({ standing, declared, commit, setting, sure }: SettingChange): string {
  const words = {
    declared: setting === "created" ? "named in the matrix" : "as declared",
    undeclared: declared === null ? "the matrix does not name the service" : `the matrix says ${declared}`,
    unsaid: "the matrix does not speak of it",
    unknown: "no matrix is known to have been in force",
  }[standing];
  const since = sure ? "" : "since when is not known: it is the first deployment that is known";
  return [words, since, commitWords(commit)].filter((part) => part !== "").join("; ");
}

function commitWords(commit: AccessChange["commit"]): string {
  return commit === null ? "" : `in force: ${commit.id.slice(0, 12)} of ${commit.at}`;
}

/** Whom the log names. Only an applier that somebody named is one; what a client says of itself proves nothing. */
export function whoWords({ principal, delegation, userAgent, isApplier }: Who): string {
  const through = delegation.length === 0 ? "" : `, impersonated by ${delegation.join(", then ")}`;
  const kind = isApplier ? "the applier" : "by hand or unknown applier";
  return `${principal ?? "somebody whom the log does not name"} (${kind})${through}${userAgent === null ? "" : `, client says ${userAgent}`}`;
}

/** By whom, or where it was seen first. */
export function byWords(each: AccessChange | SettingChange): string {
  return `${isFound(each) ? "seen in an entry by" : "by"} ${whoWords(each.who)}`;
}

export function otherSentence({ what, resource, detail }: OtherChange): string {
  return `${resource === "" ? "a resource without a name" : resource}: ${what}${detail === null ? "" : `: ${detail}`}`;
}

export function expirySentence(each: ExpiredEdge): string {
  const { edge, resource, member, expired, outcome, goneAt, notThereFrom, otherwise, who } = each;
  const what = {
    gone: `gone since ${goneAt ?? "?"}, removed by ${who?.principal ?? "?"}`,
    "gone-before": goneAt === null ? "was not there when it expired" : `gone already since ${goneAt}`,
    "still-there": "still there at the end of the period",
    "still-otherwise": `out of the row${goneAt === null ? "" : ` since ${goneAt}`}, and still let in by ${otherwise ?? "?"}`,
    unknown: `when it was removed is not known${notThereFrom === null ? ", nor whether" : `; not there from ${notThereFrom} on`}`,
  }[outcome];
  return `${edge} expired ${expired}: ${member} on ${resource}: ${what}`;
}

/** What the answer stands on. */
export function notes(report: ChangesReport): readonly string[] {
  const { sources, covered, withoutHistory, summary } = report;
  const { items, duplicates, failed, outside, aside, unrelated } = summary;
  const words = covered.filter(({ by }) => by === "word").map(({ level }) => level);
  const asked = covered.filter(({ by }) => by === "read").map(({ level }) => level);
  return [
    ...sources.map(
      ({ name, entries, first, last }) =>
        `${name}: ${count(entries, "entry", "entries")}${first === null || last === null ? "" : `; those of access from ${first} to ${last}`}`,
    ),
    ...(asked.length === 0 ? [] : [`read in whole: ${asked.join(", ")}`]),
    ...(words.length === 0 ? [] : [`in whole by the word of the command line: ${words.join(", ")}`]),
    `of ${count(items, "entry", "entries")}: ${duplicates} twice, ${failed} failed, ${outside} outside of the period, ${aside} about something else; ${count(unrelated, "grant or removal", "grants and removals")} that open no service here`,
    ...(withoutHistory === null ? [] : [`judged by the matrix as it is now: ${withoutHistory}`]),
    "members of groups change in Cloud Identity: their changes are in no log that is read here",
  ];
}
