import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { addFavourite, favouritesOf } from "@mila/favourites"
import { openPurses } from "@mila/ledger"
import { mergesInto } from "@mila/members"
import { aMember } from "@mila/members/testing"
import { deliverQueued, localCarrier, outboxOf } from "@mila/messages"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { endMembership, mergeMemberships, tellMember } from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")

test("who leaves after their accounts became one leaves nothing of either: no messages, no favourites, nothing of what could have come apart", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, at)
    const [first, from, into] = [await aMember(tx), await aMember(tx), await aMember(tx, { email: "anna@example.by" })]
    await openPurses(tx, { memberIds: [first, from, into] })
    await putGroups(tx, [aGroup({ code: "lipa", variants: [aVariant({ sku: "lipa" })] })], { at })
    const groupNo = (await groupByCode(tx, { code: "lipa", at }))!.no
    for (const memberId of [first, from, into]) {
      await addFavourite(tx, { owner: { memberId }, groupNo, name: `Список ${memberId}`, at })
      await tellMember(tx, { memberId, template: "card_blocked", params: { lastDigits: "1234" }, at })
    }
    await mergeMemberships(tx, { from: first, into: from, door: "web", at, by: `member:${from}` })
    await mergeMemberships(tx, { from, into, door: "web", at, by: `member:${into}` })
    assert.equal((await favouritesOf(tx, { memberId: into })).length, 3)
    await deliverQueued(tx, { carry: localCarrier, at, most: 100 })
    await endMembership(tx, { memberId: into, givesUp: 0, door: "web", at, by: `member:${into}` })

    const left = await outboxOf(tx, { memberId: [first, from, into] })
    assert.deepEqual(
      left.filter(({ forgotten }) => !forgotten).map(({ template }) => template),
      ["membership_left"],
      "the last words are still to be sent",
    )
    assert.ok(left.length > 3)
    for (const memberId of [first, from, into]) assert.deepEqual(await favouritesOf(tx, { memberId }), [])
    for (const memberId of [from, into])
      assert.deepEqual(
        (await mergesInto(tx, memberId)).flatMap(({ kept }) => kept.lists ?? []),
        [],
      )
  }))
