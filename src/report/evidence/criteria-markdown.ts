import { type Criterion, criteria, JUDGEMENT } from "../../evidence/criteria.ts";
import { markdownTable } from "../markdown/markdown-table.ts";

/** The criteria to be read. All of its text is the program's own. */
export function criteriaMarkdown(): string {
  const header = ["criterion", "files", "they show", "they do not show", "ISO 27001:2022", "NIST 800-53 r5", "CIS GCP"];
  const rows = Object.entries(criteria).map(([id, each]) => [
    `${id} ${each.title}`,
    each.files.join(", "),
    each.shows,
    each.doesNotShow,
    each.iso27001.join(", "),
    each.nist80053.join(", "),
    cisText(each),
  ]);
  return [
    "# Criteria",
    "",
    JUDGEMENT,
    "",
    "Trust Services Criteria of SOC 2, with controls of ISO/IEC 27001:2022 Annex A, NIST SP 800-53 revision 5, and the CIS Google Cloud Platform Foundation Benchmark beside them. The benchmark has no item about callers of Cloud Run; where it has none, the cell is empty.",
    "",
    ...markdownTable(header, rows),
    "",
  ].join("\n");
}

function cisText({ cis }: Criterion): string {
  return cis.map(({ item, v4, v5 }) => `v4.0.0: ${v4}, v5.0.0: ${v5} (${item})`).join("; ");
}
