import { verifyRotatingCode } from "@mila/cards"
import { programmeAt } from "@mila/loyalty"
import { dayIn, MINSK, startOfDay, statement, type Tx } from "@mila/kernel"
import type { SaleFact } from "./judge.ts"

const redeemedThatDay = statement<{ points: number }>(
  "tills.redeemed_alone",
  `select coalesce(sum(redeemed), 0)::bigint points from tills.receipt
    where member_id = $1 and sold_at >= $2 and sold_at < $2::timestamptz + interval '1 day' and kind = 'sale' and redeemed > 0
      and body -> 'authId' is null`,
)

/**
 * Whether points given away by a till that was alone were the member's to give: the receipt carries a rotating code of that moment, which is
 * burnt. More than the day's allowance of the programme is booked all the same, and noted. Undefined when nothing is proven; a wrong code counts.
 */
export async function redemptionProven(
  tx: Tx,
  { fact: { sale, soldAt }, memberId, wanted, at }: { fact: SaleFact; memberId: number; wanted: number; at: Date },
): Promise<{ overAllowance: boolean } | undefined> {
  if (sale.identifier?.type !== "rotating") return undefined
  const checked = await verifyRotatingCode(tx, { code: sale.identifier.value, at, lateness: { occurredAt: soldAt } })
  if (checked.status !== "valid") return undefined
  const since = startOfDay(MINSK, dayIn(MINSK, soldAt))
  const [day] = await redeemedThatDay(tx, [memberId, since])
  const { programme } = await programmeAt(tx, soldAt)
  return { overAllowance: day!.points + wanted > programme.redemption.offlinePointsADay }
}
