import { z } from "@hono/zod-openapi"
import { inTransaction, type Tx } from "@mila/kernel"
import { memberByPhone, mergesInto, provenAddress, tryCode, UNMERGE_DAYS } from "@mila/members"
import { mergeMemberships, ownerFactNeeded, previewMerge, undoMerge } from "@mila/membership"
import { type Account, forMembers, forProven, no, refuse } from "./declare.ts"
import { declareOwnCode } from "./own-code.ts"
import { code, flow, idIn, instant, instantOrNull, points } from "./schemas.ts"

const of = { tag: "Merging" }

/** The other account whose phone this flow proved. */
async function otherOf(
  tx: Tx,
  { flow: token, memberId, spend, dormantMonths, at }: { flow: string; memberId: number; spend: boolean; dormantMonths: number; at: Date },
): Promise<number> {
  const proven = (await provenAddress(tx, { flow: token, purpose: "merge", spend, at })) ?? refuse("proof_missing")
  const other = await memberByPhone(tx, proven)
  if (other?.state !== "active" || other.memberId === memberId) return refuse("nobody_to_merge")
  // a sleeping account is signed in to first: a code by SMS does not say who has the number now
  if (await ownerFactNeeded(tx, { memberId: other.memberId, device: "", dormantMonths, at })) return refuse("nobody_to_merge")
  return other.memberId
}

const count = z.number().int()
const level = z.string().nullable().openapi({ description: "The name of the level; null where the programme has one only." })
const Brought = z.object({ cards: count, available: points, pending: points, owed: points, level, favourites: count, reviews: count })
const Together = z.object({
  level,
  favourites: count.openapi({ description: "Things liked, each once." }),
  reviews: count,
  twice: count.openapi({ description: "Things both wrote of: one review of each is read from now on." }),
})

/** Two accounts of one person become one: both phones are proven, this one lately, the other by a code of its own (security case A27). */
export function declareMerging(account: Account): void {
  const summary = "Send six digits to the phone of the other account"
  declareOwnCode(account, { path: "/me/merge/code", ...of, name: "sendMergeCode", summary, purpose: "merge" })
  forProven(account, {
    ...{ method: "post", path: "/me/merge/preview", ...of, name: "previewMerge" },
    codes: ["code_invalid", "nobody_to_merge", "merge_erasure_open", "merge_child", "proof_missing"],
    summary: "Prove the other phone, and see what would become of both",
    description: "`ends`: consents that only one of the two gave, and that end.",
    body: z.strictObject({ flow, code }),
    answer: z.object({ from: Brought.extend({ maskedName: z.string() }), into: Brought, together: Together, ends: z.array(z.string()) }),
    async run({ memberId, body, locale, at, context: { db, dormantMonths } }) {
      const proof = { flow: body.flow, purpose: "merge", code: body.code, at } as const
      if (!(await inTransaction(db, (tx) => tryCode(tx, proof)))) return no("code_invalid")
      return inTransaction(db, async (tx) => {
        const from = await otherOf(tx, { flow: body.flow, memberId, spend: false, dormantMonths, at })
        const preview = await previewMerge(tx, { from, into: memberId, locale, at })
        return { ...preview, ends: [...preview.ends] }
      })
    },
  })
  forProven(account, {
    ...{ method: "post", path: "/me/merge", ...of, name: "merge" },
    codes: ["proof_missing", "nobody_to_merge", "merge_erasure_open", "merge_child", "member_merged", "member_left", "same_member"],
    summary: "Join them: the other account's cards, points, favourites and reviews come here",
    body: z.strictObject({ flow }),
    async act({ tx, memberId, body, at, context: { dormantMonths } }) {
      const from = await otherOf(tx, { flow: body.flow, memberId, spend: true, dormantMonths, at })
      await mergeMemberships(tx, { from, into: memberId, door: "app", at, by: `member:${memberId}` })
    },
  })
  declareMerges(account)
}

function declareMerges(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/merges", ...of, name: "listMerges", summary: "What was joined, and until when it may come apart" },
    answer: z.object({
      merges: z.array(z.object({ mergeId: z.number().int(), mergedAt: instant, undoUntil: instant, undoneAt: instantOrNull })),
    }),
    async act({ tx, memberId }) {
      const until = (mergedAt: Date) => new Date(mergedAt.getTime() + UNMERGE_DAYS * 86_400_000)
      return { merges: (await mergesInto(tx, memberId)).map((merge) => ({ ...merge, undoUntil: until(merge.mergedAt) })) }
    },
  })
  forProven(account, {
    ...{
      method: "delete",
      path: "/me/merges/{mergeId}",
      ...of,
      name: "undoMerge",
      codes: ["merge_unknown", "merge_undone", "merge_settled"],
    },
    summary: "Let the two come apart again",
    params: z.object({ mergeId: idIn }),
    async act({ tx, memberId, params: { mergeId }, at }) {
      await undoMerge(tx, { mergeId, memberId, door: "app", at, by: `member:${memberId}` })
    },
  })
}
