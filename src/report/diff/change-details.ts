import type { ChangeKind } from "../../diff/change-kind.ts";
import type { Change } from "../../diff/diff-report.ts";
import type { Json } from "../../diff/fact.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { saysAll } from "./describe-change.ts";
import { fieldsOf, showValue } from "./show-value.ts";
import type { ToldChange } from "./tell-together.ts";

export interface Detail {
  readonly about: string;
  /** To be encoded. */
  readonly text: string;
  /** Whether the text is a bit of YAML, and no prose. */
  readonly isYaml?: boolean;
}

interface Look {
  readonly verbose: boolean;
}

/** Environments that have a line of their own, where not all is shown. */
const MAX_PARTS = 4;

/** What the sentence about a change leaves out: first what all its environments have, then a line for each that has more. */
export function toldDetails({ parts }: ToldChange, look: Look): readonly Detail[] {
  const all = parts.map((part) => ({ part, details: changeDetails(part, look) }));
  const [first = { details: [] }] = all;
  const keyOf = ({ about, text }: Detail): string => JSON.stringify([about, text]);
  const keys = all.map(({ details }) => new Set(details.map(keyOf)));
  const isCommon = (detail: Detail): boolean => keys.every((each) => each.has(keyOf(detail)));
  const own = all.flatMap(({ part, details }): readonly Detail[] => {
    const text = details
      .filter((detail) => !isCommon(detail))
      .map((detail) => `${detail.about}: ${detail.text}`)
      .join("; ");
    return text === "" ? [] : [{ about: enumerateWords(part.environments, "and"), text }];
  });
  const shown = look.verbose || own.length <= MAX_PARTS + 1 ? own : own.slice(0, MAX_PARTS);
  const left = own.length - shown.length;
  return [
    ...first.details.filter(isCommon),
    ...shown,
    ...(left === 0 ? [] : [{ about: "elsewhere", text: `other details in ${left} more` }]),
  ];
}

/** Kinds of what is gone that explain themselves less often than they take room: -v shows what they were. */
const brief: ReadonlySet<ChangeKind> = new Set([
  "caller-removed",
  "edge-removed",
  "environment-removed",
  "public-removed",
  "service-removed",
]);

/** What the sentence about a change leaves out: what the matrix says of it now, and said before where that was changed. */
export function changeDetails(change: Change, { verbose }: Look): readonly Detail[] {
  const { kind, usual = [] } = change;
  if (saysAll(change)) return [];
  const [before, after] = [tellProjects(change.kind, change.before), tellProjects(change.kind, change.after)];
  const hidden = verbose ? [] : usual;
  if (kind === "labels-changed") return differing(before, after, "labels: ");
  if (before === null) return saying(after, hidden);
  if (after !== null) return differing(before, after);
  if (brief.has(kind) && !verbose) return [];
  return saying(before, [])
    .filter(saysMore)
    .map(({ about, ...said }) => ({ ...said, about: about === "says" ? "was" : `was ${about}` }));
}

/** The projects of an environment as a person lists them: `acme-prod (stack prod, number 1234)`. */
function tellProjects(kind: ChangeKind, value: Json): Json {
  if (!kind.startsWith("environment-")) return value;
  const told = fieldsOf(value).map(([key, each]): readonly [string, Json] => {
    const projects = key === "projects" ? fieldsOf(each) : [];
    return [key, projects.length === 0 ? each : projects.map(([id, project]) => `${id}${inBrackets(project)}`)];
  });
  return told.length === 0 ? value : Object.fromEntries(told);
}

function inBrackets(project: Json): string {
  const said = fieldsOf(project).map(([key, each]) => `${key} ${showValue(each)}`);
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}

/** What a rule has where it does not say so is no news of one that is gone. */
function saysMore({ about, text }: Detail): boolean {
  return about !== "severity" || text !== "error";
}

function saying(value: Json, hidden: readonly string[]): readonly Detail[] {
  const fields = fieldsOf(value);
  if (fields.length > 0)
    return fields.filter(([about]) => !hidden.includes(about)).map(([about, each]) => detailOf(about, each));
  const text = value === null ? "" : showValue(value);
  return text === "" ? [] : [{ about: "says", text }];
}

function differing(before: Json, after: Json, prefix = ""): readonly Detail[] {
  const earlier = new Map(fieldsOf(before));
  const later = new Map(fieldsOf(after));
  const keys = [...new Set([...earlier.keys(), ...later.keys()])];
  if (keys.length === 0) return ends(prefix, before, after);
  return keys.flatMap((key) => ends(`${prefix}${key} `, earlier.get(key) ?? null, later.get(key) ?? null));
}

/** So many characters leave room for what they are now on the same line. */
const SHORT = 20;

function ends(about: string, before: Json, after: Json): readonly Detail[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [showValue(before), showValue(after)];
  // What has commas and colons itself could be taken for the other end.
  const isShort = [was, is].every((text) => text.length <= SHORT && !/[:,]/.test(text));
  if (isShort) return [{ about: `${about}was`, text: `${was}, is: ${is}` }];
  return [detailOf(`${about}was`, before), detailOf(`${about}is`, after)];
}

function detailOf(about: string, value: Json): Detail {
  const isYaml = typeof value === "object" && value !== null && !Array.isArray(value);
  return { about, text: showValue(value), ...(isYaml ? { isYaml } : {}) };
}
