import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { statement, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMember } from "../testing.ts"
import { appSessionOf, forgetAppTokens, giveTokens, renewTokens } from "./app-tokens.ts"
import { endSessions, sessionOf, startSession } from "./sessions.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000)
const all = statement<Record<string, unknown>>("members.test_app_tokens", "select * from members.app_token")

async function anAppSession(tx: Tx) {
  const memberId = await aMember(tx)
  const { sessionId, token } = await startSession(tx, { memberId, kind: "app", device: "Pixel 9", passkeyId: null, proves: true, at })
  return { memberId, sessionId, token, ...(await giveTokens(tx, { sessionId, at })) }
}

test("neither token stands in the database, and neither is a browser's", () =>
  rolledBack(async (tx) => {
    const { accessToken, refreshToken, token } = await anAppSession(tx)
    const rows = JSON.stringify(await all(tx, []))
    for (const secret of [accessToken, refreshToken].map((one) => one.slice(7)))
      for (const written of [secret, Buffer.from(secret, "base64url").toString("hex"), JSON.stringify(Buffer.from(secret, "base64url"))])
        assert.ok(!rows.includes(written))
    assert.equal(await sessionOf(tx, { token: accessToken, at }), undefined)
    assert.equal(await appSessionOf(tx, { token, at }), undefined)
    assert.equal(await appSessionOf(tx, { token: refreshToken, at }), undefined)
  }))

test("tokens of a session that ended, or that nobody used for half a year, are good for nothing", () =>
  rolledBack(async (tx) => {
    const { memberId, sessionId, accessToken, refreshToken } = await anAppSession(tx)
    assert.equal((await appSessionOf(tx, { token: accessToken, at: later(14) }))?.memberId, memberId)
    assert.equal((await renewTokens(tx, { refreshToken, at: later(181 * 24 * 60) })).outcome, "unknown")
    await endSessions(tx, { memberId, only: sessionId, at: later(15) })
    assert.equal(await appSessionOf(tx, { token: accessToken, at: later(14) }), undefined)
    assert.equal((await renewTokens(tx, { refreshToken, at: later(16) })).outcome, "unknown")
  }))

test("a chain of a hundred renewals ends at the first repeat of an old link", () =>
  rolledBack(async (tx) => {
    const { refreshToken: first } = await anAppSession(tx)
    let token = first
    for (let nth = 1; nth <= 100; nth += 1) {
      const renewed = await renewTokens(tx, { refreshToken: token, at: later(nth * 15) })
      assert.ok(renewed.outcome === "renewed")
      token = renewed.refreshToken
    }
    assert.equal((await renewTokens(tx, { refreshToken: first, at: later(1_600) })).outcome, "copied")
    assert.equal((await renewTokens(tx, { refreshToken: token, at: later(1_601) })).outcome, "renewed")
    assert.equal(await forgetAppTokens(tx, { before: later(30 * 24 * 60) }), 101)
    assert.equal((await renewTokens(tx, { refreshToken: first, at: later(1_602) })).outcome, "unknown")
  }))
