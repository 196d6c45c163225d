import type { ReactNode } from "react"
import { useRoot } from "./root-data.ts"

const LEAST = 5 // percent: less is not worth a word

/** How much less a thing costs: «−15 %», in English "−15%"; `otherwise` where it is hardly less. */
export function Off({ percent, otherwise = null }: { percent: number; otherwise?: ReactNode }) {
  const { locale } = useRoot()
  return percent < LEAST ? otherwise : <span className="flag off">{`−${percent}${locale === "en" ? "" : "\u00a0"}%`}</span>
}
