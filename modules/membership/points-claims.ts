import type { Tx } from "@mila/kernel"
import type { PointsClaimDecided } from "@mila/tills"
import { dayInWords } from "./statement-words.ts"
import { tellMember } from "./tell.ts"

/** Tells a member by SMS what became of a receipt they asked the points of and had to wait for. */
export async function tellOfPointsClaim(tx: Tx, { memberId, state, earned, soldOn, at }: PointsClaimDecided & { at: Date }): Promise<void> {
  const day = dayInWords(soldOn)
  if (state === "granted") await tellMember(tx, { memberId, template: "points_claimed", params: { points: earned ?? 0, day }, at })
  else await tellMember(tx, { memberId, template: "points_claim_refused", params: { day }, at })
}
