import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { atLeast, type CardState, mayBecome, NEXT_STATES } from "./card-states.ts"
import { aCard, aPlasticNumber } from "./testing.ts"
import { numberHash } from "./numbers.ts"

after(closeTestDatabases)

test("surer is at least as sure", () => {
  assert.ok(atLeast("paid", "scanned") && atLeast("typed", "typed") && !atLeast("typed", "scanned") && atLeast("bank", "paid"))
})

test("the database and the code know the same changes of state, and nothing else passes", async () => {
  const { db, owner, drop } = await ownDb({ max: 2 })
  const states = Object.keys(NEXT_STATES) as CardState[]
  try {
    for (const from of states) {
      for (const to of states) {
        if (from === to) continue
        const change = inTransaction(owner, async (tx) => {
          const successor = await aCard(tx)
          const hash = numberHash(tx, await aPlasticNumber(tx))
          const set = (state: CardState) => {
            const ended = state === "replaced" || state === "removed"
            const anonymous = state === "issued" || ((from === "issued" || to === "issued") && state !== "active" && state !== "replaced")
            return tx.client.query(
              `update cards.card set state = $2, member_id = coalesce(member_id, $3), successor_id = $4, ended_at = $5,
                                     blocked_at = case $2 when 'blocked' then now() end
                where number_hash = $1`,
              [
                hash,
                state,
                anonymous ? null : successor.memberId,
                state === "replaced" ? successor.cardId : null,
                ended ? new Date(0) : null,
              ],
            )
          }
          if (from === "replaced") await set("active")
          if (from !== "issued") await set(from)
          await set(to)
        })
        if (mayBecome(from, to)) await assert.doesNotReject(change, `${from} → ${to}`)
        else await assert.rejects(change, /does not go from|violates check|keeps its kind/, `${from} → ${to}`)
      }
    }
    for (const forbidden of [
      "update cards.event set reason = 'x'",
      "delete from cards.event",
      "truncate cards.event",
      "delete from cards.card",
    ]) {
      await assert.rejects(
        inTransaction(db, (tx) => tx.client.query(forbidden)),
        /permission denied|must be owner/,
        forbidden,
      )
    }
    await assert.rejects(
      inTransaction(owner, (tx) => tx.client.query("update cards.event set reason = 'x'")),
      /never rewritten/,
    )
  } finally {
    await drop()
  }
})
