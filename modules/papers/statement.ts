import { assert, type Day, type Minor, type Points, points, sum } from "@mila/kernel"

export type MovementKind = "earned" | "spent" | "expired" | "other"

/** One change of the points that can be spent, as its member reads it. */
export type Movement = {
  occurredAt: Date
  /** which of the totals it counts into; returns, corrections and the like are `other` */
  kind: MovementKind
  /** a sentence in the reader's language */
  what: string
  /** the shop's name and the receipt's УИ; null where no receipt stands behind it */
  shop: string | null
  fiscalUid: string | null
  /** above zero when points came, below when they went */
  points: Points
  /** what could be spent after it */
  balance: Points
}

/** The points a member can spend over a period of calendar days in Minsk, both included. Movements stand in the order they are to be read. */
export type PointsStatement = {
  /** the chain's name */
  chain: string
  /** the member's name in full, and the card's number, of which a paper shows the last four; null without a card */
  member: string
  card: string | null
  from: Day
  to: Day
  opening: Points
  closing: Points
  movements: readonly Movement[]
  /** earned and not yet available, with the days they become so */
  pending: readonly { points: Points; activatesOn: Day }[]
  /** kopecks one point is worth, as the programme in force has it */
  pointWorth: Minor
  madeAt: Date
}

/** What came and went, by kind; `other` is signed, the rest are amounts. A statement that does not add up is a bug, and no paper is made of it. */
export function totalsOf({ opening, closing, movements }: PointsStatement): Record<MovementKind, Points> {
  const byKind = (kind: MovementKind) => sum(movements.flatMap((movement) => (movement.kind === kind ? [movement.points] : [])))
  const moved = sum(movements.map((movement) => movement.points))
  assert(opening + moved === closing, `a statement adds up: ${opening} and ${moved} are not ${closing}`)
  return { earned: byKind("earned"), spent: turned(byKind("spent")), expired: turned(byKind("expired")), other: byKind("other") }
}

const turned = (amount: Points): Points => points(0 - amount)
