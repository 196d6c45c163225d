const DECIMAL = /^([+-]?)(\d{1,12})(?:[.,](\d{1,10}))?$/

/** «1 719,50» in hundredths, rounded half up; undefined for what is no number, or below zero. */
export function kopecksOf(text: string): number | undefined {
  return scaled(text, 2, false)
}

/** A count in thousandths; a shortage that 1C shows as a negative count is nothing there. Undefined for what is no number. */
export function milliOf(text: string): number | undefined {
  const milli = scaled(text, 3, true)
  return milli === undefined || milli > 2_147_483_647 ? undefined : Math.max(0, milli)
}

function scaled(text: string, places: number, mayBeNegative: boolean): number | undefined {
  const found = DECIMAL.exec(text.replace(/[\s\u00a0\u202f']/g, ""))
  if (!found) return undefined
  const [, sign, whole = "", fraction = ""] = found
  if (sign === "-" && !mayBeNegative) return undefined
  const cut = Number(`${whole}${fraction.slice(0, places).padEnd(places, "0")}`)
  const value = cut + (Number(fraction[places] ?? 0) >= 5 ? 1 : 0)
  return sign === "-" ? -value : value
}
