import type { Outcome } from "./certify.ts"

const MARKS: Record<Outcome["result"], string> = { passed: "ok  ", failed: "FAIL", skipped: "skip" }

/** One case as a line, and why when it did not pass. */
export function lineOf({ id, title, result, saying, ms }: Outcome): string {
  const head = `${MARKS[result]} ${id.padEnd(3)} ${title}`
  if (result === "passed") return `${head} (${ms} ms)`
  return `${head}\n         ${saying}`
}

/** The verdict in one sentence. Skipped cases certify nothing. */
export function verdictOf(outcomes: readonly Outcome[]): { passed: boolean; saying: string } {
  const count = (result: Outcome["result"]) => outcomes.filter((outcome) => outcome.result === result).length
  const failed = count("failed")
  const passed = failed === 0 && count("passed") > 0
  const figures = `${count("passed")} passed, ${failed} failed, ${count("skipped")} skipped`
  return {
    passed,
    saying: passed ? `Certified: ${figures} · Сертификация пройдена` : `NOT certified: ${figures} · Сертификация НЕ пройдена`,
  }
}
