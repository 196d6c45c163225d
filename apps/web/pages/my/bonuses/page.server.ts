import { type Locale, numberText, pointsWord, reading, together, type Tx } from "@mila/kernel"
import { levelShown } from "../../parts/level.server.ts"
import { type Movement, movementsOf } from "../../parts/movements.server.ts"
import { standingOf, told } from "../../parts/points.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { spendingShown } from "../card/spending.server.ts"
import { chartOf } from "./chart.server.ts"
import { POINTS } from "./words.ts"

const PAGE = 30

/** `all`: what came and what went, zeros of receipts among it; `every`: also what only changed its state, as points set aside at a till or awaited and here. */
export type Filter = "all" | "plus" | "minus" | "every"

/** Balance, what comes and what ends, and a page of the history with its reasons. */
export async function myPoints(visit: MemberVisit, { before, filter }: { before: number | undefined; filter: Filter }) {
  const { db, clock, locale, session } = visit
  const { memberId } = session
  const at = clock.now()
  const words = POINTS[locale]
  const read = (tx: Tx) =>
    together([
      standingOf(tx, { memberId, locale }),
      spendingShown(tx, visit),
      pageOf(tx, { memberId, before, filter, locale, at }),
      before === undefined ? chartOf(tx, { memberId, locale, at }) : null,
      before === undefined ? levelShown(tx, { memberId, locale, at }) : null,
    ])
  const [standing, spending, { movements, next }, chart, level] = await reading(db, read)
  return {
    words,
    filter,
    available: [numberText(standing.available, locale), pointsWord(standing.available, locale)] as const,
    // what is locked or rests is there, and is not to be spent now
    availableSays: spending.isOpen ? words.available : words.kept,
    closed: spending.isOpen ? null : spending.says,
    activations: standing.activations.map((one) => told(one, locale, at)),
    expiries: standing.expiries.slice(0, 12).map((one) => told(one, locale, at)),
    level,
    movements,
    next,
    chart,
  }
}

const CHANGES_NOTHING: ReadonlySet<Movement["kind"]> = new Set(["activation", "hold", "release"])

const FITS: Readonly<Record<Filter, (movement: Movement) => boolean>> = {
  all: ({ kind, came, went }) => came > 0 || went > 0 || !CHANGES_NOTHING.has(kind),
  plus: ({ came }) => came > 0,
  minus: ({ went }) => went > 0,
  every: () => true,
}

type Asked = { memberId: number; before: number | undefined; filter: Filter; locale: Locale; at: Date }

/** A page of what was asked for, read on until it is full; `next` is where the following one begins. */
async function pageOf(tx: Tx, { filter, ...asked }: Asked): Promise<{ movements: Movement[]; next: number | null }> {
  const movements: Movement[] = []
  for (let before = asked.before; ;) {
    const read = await movementsOf(tx, { ...asked, before, most: PAGE })
    movements.push(...read.filter(FITS[filter]))
    before = read.length === PAGE ? read.at(-1)!.id : undefined
    if (before === undefined || movements.length >= PAGE) return { movements, next: before ?? null }
  }
}
