import { INK, STYLE } from "./look.ts"
import type { Sheet } from "./sheet.ts"

/** The head of every paper: whose it is, what it is, and a line that says of when. */
export function drawMasthead(sheet: Sheet, { chain, title, subtitle }: { chain: string; title: string; subtitle: string }): void {
  sheet.paragraph("P", chain, STYLE.chain)
  sheet.y += 4
  sheet.rule(sheet.y, { colour: INK.wine, thickness: 1.6 })
  sheet.y += 16
  sheet.paragraph("H1", title, STYLE.title)
  sheet.paragraph("P", subtitle, STYLE.subtitle)
}
