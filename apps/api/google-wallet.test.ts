import { blockCard } from "@mila/cards"
import { inTransaction } from "@mila/kernel"
import { saveToGoogle, type Wallets } from "@mila/wallet"
import { googleWalletStandIn, shownBy } from "@mila/wallet/stand-ins"
import { aProgramme, someGoogleKeys } from "@mila/wallet/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aDoorWithTill } from "./testing.ts"

const { door, till, card, head, now } = await aDoorWithTill()
const { keys, publicKey } = someGoogleKeys()
const google = await googleWalletStandIn({ ...keys, publicKey }, { now: () => door.clock.now() })
after(() => google.close())
const wallets: Wallets = {
  ...{ programme: aProgramme(), apple: null },
  google: { ...keys, url: google.url, tokenUrl: google.tokenUrl },
}

const identify = (value: string) => till.post("/identify", { ...head(till), identifier: { type: "rotating", value }, at: now() })

test("what a phone shows by Google Wallet proves presence at a till, once, and nothing after its card is blocked", async () => {
  const { cardId, memberId } = await card()
  const at = door.clock.now()
  const { url } = await saveToGoogle(door.db, { memberId, at }, { wallets, done: async () => undefined })
  const shows = () => shownBy(google.opens(url).rotatingBarcode!, door.clock.now())
  const code = shows()
  assert.match(code, /^\d{23}$/)
  const met = await identify(code)
  assert.deepEqual([met.status, met.body.needs], [200, { confirmation: false }], met.text)
  assert.equal((await identify(code)).body.code, "rotating_code_used")
  door.clock.moveTo(new Date(at.getTime() + 60_000))
  const second = shows()
  assert.notEqual(second, code)
  assert.equal((await identify(second)).status, 200)
  door.clock.moveTo(new Date(at.getTime() + 120_000))
  const third = shows()
  await inTransaction(door.db, (tx) => blockCard(tx, { cardId, reason: "lost", at: door.clock.now(), by: "system" }))
  assert.equal((await identify(third)).body.code, "rotating_code_invalid")
})
