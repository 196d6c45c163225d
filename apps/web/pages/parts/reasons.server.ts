import type { ExplanationShown } from "@mila/tills"

/** Why a receipt brought or took so many points: a line of it and what is said of that; what is said of the whole receipt names no line. */
export type Reason = { line: number | null; of: string | null; says: string[] }

/** The reasons of a receipt in the order of its lines, each under the name of what was bought; those of the whole receipt come last. */
export function reasonsOf(explanation: readonly Pick<ExplanationShown, "line" | "text">[], body: unknown): Reason[] {
  const { lines = [] } = (body ?? {}) as { lines?: { no: number; name?: string; sku?: string }[] }
  const numbers = [...new Set(explanation.map(({ line }) => line))].toSorted((one, other) => (one ?? Infinity) - (other ?? Infinity))
  return numbers.map((no) => {
    const line = lines.find((one) => one.no === no)
    return { line: no, of: line?.name ?? line?.sku ?? null, says: explanation.flatMap((one) => (one.line === no ? [one.text] : [])) }
  })
}
