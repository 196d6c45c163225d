import type { Played } from "./play.ts"

const MOST_SHOWN = 20

/** What happened, what was proven, and every objection by the name of its receipt. */
export function reportOf({ receipts, steps, seconds, faults, told, proven, unknown, objections }: Played): string {
  const rows: [string, string | number][] = [
    ["receipts", `${receipts}, ${steps} steps in ${seconds.toFixed(1)} s`],
    ...Object.entries(told).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ...[...faults].map(([fault, times]): [string, number] => [`line: ${fault}`, times]),
    ["proven exactly once", proven],
    ["still unknown", unknown],
  ]
  const table = rows.map(([name, value]) => `  ${name.padEnd(28)}${value}`).join("\n")
  const shown = objections.slice(0, MOST_SHOWN).map((objection) => `  FAIL ${objection}`)
  const more = objections.length > MOST_SHOWN ? [`  … and ${objections.length - MOST_SHOWN} more`] : []
  const verdict =
    objections.length === 0
      ? "Proven: every receipt counted once, and all points add up · Доказано: каждый чек учтён ровно один раз"
      : `NOT proven: ${objections.length} objections · НЕ доказано`
  return ["", table, "", ...shown, ...more, verdict].join("\n")
}
