import { partsOf } from "./gateways/smpp/text.ts"

/** Whether a text goes as one SMS: 160 characters of GSM 03.38, or 70 when one of them is none of those, as every Cyrillic letter. */
export const fitsOneSms = (text: string): boolean => partsOf(text, { reference: 0 })?.length === 1

/** A text as it is sent by SMS: what would take two is cut where a word ends, for a second SMS is paid for and often arrives first. */
export function asOneSms(text: string): string {
  if (fitsOneSms(text)) return text
  const words = text.split(" ")
  while (words.length > 1 && !fitsOneSms(`${words.join(" ")}…`)) words.pop()
  const cut = words.join(" ")
  return fitsOneSms(`${cut}…`) ? `${cut}…` : letters(text)
}

/** One word that is longer than an SMS, as many of its letters as there is room for. */
function letters(text: string): string {
  const all = [...text]
  let most = all.length
  while (!fitsOneSms(`${all.slice(0, most).join("")}…`)) most -= 1
  return `${all.slice(0, most).join("")}…`
}
