import type { Tx } from "@mila/kernel"
import { followersOf, idsOf } from "@mila/members"
import { type LegalRequest, makeRequest, requestsOf } from "@mila/privacy"

/** What a member applied for, also under memberships that became theirs, the latest first. */
export async function ownRequests(tx: Tx, memberId: number): Promise<LegalRequest[]> {
  return requestsOf(tx, await idsOf(tx, memberId))
}

/** Takes a member's application, unless they have asked the same and not been answered, under whichever of their memberships. Refuses as `makeRequest`. */
export async function makeOwnRequest(tx: Tx, asked: Omit<Parameters<typeof makeRequest>[1], "became">): ReturnType<typeof makeRequest> {
  return makeRequest(tx, { ...asked, became: await followersOf(tx, asked.memberId) })
}
