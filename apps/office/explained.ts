import { explain, type Explanation, programmeOf } from "@mila/loyalty"
import type { Locale, Tx } from "@mila/kernel"
import type { ExplanationShown } from "@mila/tills"

/** Why each number of a receipt is what it is: one sentence each, rules and campaigns called by the names they had in their version. */
export async function inSentences(tx: Tx, explanation: readonly Explanation[], locale: Locale): Promise<ExplanationShown[]> {
  const shown: ExplanationShown[] = []
  for (const fact of explanation) {
    const { programme } = await programmeOf(tx, fact.version)
    const { line, code, rule, version, points } = fact
    shown.push({ line, code, rule, version, points, text: explain(fact, locale, programme) })
  }
  return shown
}
