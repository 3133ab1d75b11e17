import type { Change, Impact } from "../../diff/diff-report.ts";

const words = {
  broadens: (n) => (n === 1 ? "1 broadens" : `${n} broaden`),
  narrows: (n) => (n === 1 ? "1 narrows" : `${n} narrow`),
  neutral: (n) => `${n} neutral`,
} as const satisfies Readonly<Record<Impact, (count: number) => string>>;

/** How many of the changes do what: `1 broadens, 2 neutral`. */
export function tallyOf(changes: readonly Pick<Change, "impact">[]): string {
  return (["broadens", "narrows", "neutral"] as const)
    .flatMap((impact) => {
      const number = changes.filter((change) => change.impact === impact).length;
      return number === 0 ? [] : [words[impact](number)];
    })
    .join(", ");
}
