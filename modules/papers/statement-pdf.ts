import {
  dayIn,
  dayText,
  type Locale,
  minor,
  MINSK,
  momentText,
  money,
  type Points,
  points,
  pointsText,
  sum,
  timeText,
  numberText,
} from "@mila/kernel"
import { INK, type Style, STYLE } from "./look.ts"
import { drawMasthead } from "./masthead.ts"
import { PAPER_WORDS } from "./paper-words.ts"
import { Sheet } from "./sheet.ts"
import { type Movement, type PointsStatement, totalsOf } from "./statement.ts"
import { STATEMENT_WORDS } from "./statement-words.ts"
import { type Cell, drawTable } from "./table.ts"

type Written = { statement: PointsStatement; locale: Locale }

/** One of the figures at the head of a statement. */
type Figure = { label: string; figure: string; below?: string; colour?: string }

/**
 * A statement of points as a tagged A4 PDF (PDF 1.7, PDF/UA-1), in `locale`. The card shows its last four digits only. The same statement
 * makes the same bytes. A statement that does not add up is a bug: an assertion fails and no paper is made.
 */
export async function statementPdf(statement: PointsStatement, locale: Locale): Promise<Buffer> {
  const { chain, madeAt } = statement
  const words = STATEMENT_WORDS[locale]
  const sheet = new Sheet({ title: `${words.title}, ${periodOf({ statement, locale })}`, author: chain, locale, madeAt })
  drawHead(sheet, { statement, locale })
  drawFigures(sheet, figuresOf({ statement, locale }))
  drawMovements(sheet, { statement, locale })
  drawPending(sheet, { statement, locale })
  sheet.y += 14
  sheet.paragraph("P", words.note(pointsText(points(1), locale), money(statement.pointWorth, locale)), STYLE.note)
  const { made, page } = PAPER_WORDS[locale]
  const left = `${chain} · ${words.title} · ${made(momentText(madeAt, locale))}`
  return sheet.finish((number, count) => [left, page(number, count)])
}

function periodOf({ statement: { from, to }, locale }: Written): string {
  return STATEMENT_WORDS[locale].period(dayText(from, locale), dayText(to, locale))
}

function drawHead(sheet: Sheet, { statement, locale }: Written): void {
  const words = STATEMENT_WORDS[locale]
  drawMasthead(sheet, { chain: statement.chain, title: words.title, subtitle: periodOf({ statement, locale }) })
  sheet.y += 12

  const half = sheet.width / 2
  const pairs: [string, string][] = [
    [words.member, statement.member],
    [words.card, statement.card === null ? words.noCard : maskedCard(statement.card)],
  ]
  const heights = pairs.map(([label, value], place) => {
    const at = { x: sheet.left + place * half, width: half - 16 }
    const lines = sheet.lines(value, STYLE.person, at.width)
    const part = sheet.open(sheet.root, "P")
    sheet.put(part, [label], STYLE.label, { ...at, y: sheet.y })
    sheet.put(part, lines, STYLE.person, { ...at, y: sheet.y + STYLE.label.leading })
    part.end()
    return STYLE.label.leading + lines.length * STYLE.person.leading
  })
  sheet.y += Math.max(...heights) + 14
}

/** The last four digits of a card: enough for its holder, of no use to a finder. */
function maskedCard(number: string): string {
  return `•••• ${number.replace(/\D/g, "").slice(-4)}`
}

function figuresOf({ statement, locale }: Written): Figure[] {
  const { from, to, opening, closing, pointWorth } = statement
  const words = STATEMENT_WORDS[locale]
  const { earned, spent, expired, other } = totalsOf(statement)
  const worth = money(minor(closing * pointWorth), locale)
  return [
    { label: words.opening(dayText(from, locale)), figure: numberText(opening, locale) },
    { label: words.totals.earned, figure: signed(earned, locale), colour: INK.leaf },
    { label: words.totals.spent, figure: signed(points(0 - spent), locale) },
    { label: words.totals.expired, figure: signed(points(0 - expired), locale) },
    ...(other === 0 ? [] : [{ label: words.totals.other, figure: signed(other, locale) }]),
    { label: words.closing(dayText(to, locale)), figure: numberText(closing, locale), below: words.worth(worth), colour: INK.wine },
  ]
}

/** The figures side by side on a tinted ground. */
function drawFigures(sheet: Sheet, figures: readonly Figure[]): void {
  const width = (sheet.width - 28) / figures.length
  const room = width - 10
  const labels = figures.map(({ label }) => sheet.lines(label, STYLE.label, room))
  const most = Math.max(...labels.map((lines) => lines.length))
  const height = 24 + most * STYLE.label.leading + STYLE.figure.leading + STYLE.small.leading
  sheet.ornament((doc) => doc.roundedRect(sheet.left, sheet.y, sheet.width, height, 6).fill(INK.tint))

  const widest = Math.max(...figures.map(({ figure }) => sheet.widthOf(figure, STYLE.figure)))
  const size = STYLE.figure.size * Math.min(1, room / widest) // millions get smaller, not broken
  figures.forEach(({ figure, below, colour = INK.dark }, place) => {
    const at = { x: sheet.left + 14 + place * width, width: room }
    const top = sheet.y + 12
    const style: Style = { ...STYLE.figure, size, colour }
    const part = sheet.open(sheet.root, "P")
    sheet.put(part, labels[place]!, STYLE.label, { ...at, y: top })
    sheet.put(part, [figure], style, { ...at, y: top + most * STYLE.label.leading })
    if (below) sheet.put(part, [below], STYLE.small, { ...at, y: top + most * STYLE.label.leading + STYLE.figure.leading })
    part.end()
  })
  sheet.y += height + 22
}

function drawMovements(sheet: Sheet, { statement, locale }: Written): void {
  const { columns, movements, noMovements } = STATEMENT_WORDS[locale]
  sheet.paragraph("H2", movements, STYLE.heading, { keepWith: 80 })
  sheet.y += 6
  if (statement.movements.length === 0) return sheet.paragraph("P", noMovements, STYLE.text)
  drawTable(
    sheet,
    [
      { title: columns.day, share: 58 },
      { title: columns.what, share: 186 },
      { title: `${columns.shop}\n${columns.receipt}`, share: 148 },
      { title: columns.points, share: 50, align: "right" },
      { title: columns.balance, share: 50, align: "right" },
    ],
    statement.movements.map((movement) => cellsOf(movement, locale)),
  )
}

function cellsOf({ occurredAt, what, shop, fiscalUid, points, balance }: Movement, locale: Locale): Cell[] {
  return [
    [
      { text: shortDay(occurredAt), style: STYLE.text },
      { text: timeText(occurredAt), style: STYLE.small },
    ],
    [{ text: what, style: STYLE.text }],
    [
      ...(shop === null ? [] : [{ text: shop, style: STYLE.text }]),
      ...(fiscalUid === null ? [] : [{ text: fiscalUid, style: STYLE.small }]),
    ],
    [{ text: signed(points, locale), style: points > 0 ? STYLE.gain : STYLE.strong }],
    [{ text: numberText(balance, locale), style: STYLE.text }],
  ]
}

function drawPending(sheet: Sheet, { statement: { pending }, locale }: Written): void {
  if (pending.length === 0) return
  const words = STATEMENT_WORDS[locale]
  sheet.y += 22
  sheet.paragraph("H2", `${words.pending}: ${pointsText(sum(pending.map(({ points }) => points)), locale)}`, STYLE.heading, {
    keepWith: 80,
  })
  sheet.y += 6
  drawTable(
    sheet,
    [
      { title: words.activatesOn, share: 1 },
      { title: words.columns.points, share: 1, align: "right" },
    ],
    pending.map(({ points, activatesOn }): Cell[] => [
      [{ text: dayText(activatesOn, locale), style: STYLE.text }],
      [{ text: signed(points, locale), style: STYLE.gain }],
    ]),
  )
}

/** `23.11.2026`, the day it was in Minsk. */
function shortDay(at: Date): string {
  return dayIn(MINSK, at).split("-").toReversed().join(".")
}

function signed(amount: Points, locale: Locale): string {
  return (amount > 0 ? "+" : "") + numberText(amount, locale)
}
