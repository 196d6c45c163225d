/** `350 м`, `1,2 км`: rounded down to what a person walks by. */
export function distanceText(kilometres: number, words: { km: string; metres: string }, locale: string): string {
  if (kilometres < 1) return words.metres.replace("{m}", String(Math.max(50, Math.floor(kilometres * 20) * 50)))
  const shown = kilometres < 10 ? Math.floor(kilometres * 10) / 10 : Math.floor(kilometres)
  return words.km.replace("{km}", locale === "en" ? String(shown) : String(shown).replace(".", ","))
}
