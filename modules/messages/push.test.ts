import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import {
  arePushKeys,
  carriedBy,
  endSubscription,
  keepSubscription,
  newPushKeys,
  outboxOf,
  placeName,
  pushPlacesOf,
  queueMessage,
  readSubscription,
  sendQueued,
  webPush,
} from "./index.ts"
import { isAllowedEndpoint, PUSH_HOSTS } from "./push/endpoints.ts"
import { pushKeysFrom } from "./push/keys.ts"
import { pushServiceStandIn } from "./stand-ins/push-service.ts"

const { db, owner, drop } = await ownDb()
const keys = { ...newPushKeys(), subject: "mailto:hello@mila.example" }
const service = await pushServiceStandIn({ publicKey: keys.publicKey, now: Date.now })
after(async () => {
  await Promise.all([service.close(), drop()])
  await closeTestDatabases()
})
beforeEach(async () => {
  Object.assign(service, { mood: "well", taken: [] })
  await owner.pool.query("delete from messages.outbox; delete from messages.push_subscription")
})

const at = new Date("2026-11-23T09:00:00Z")
const hosts = [service.url]
const gateways = [webPush({ keys, hosts })]
const sending = () => sendQueued(db, { gateways, at, most: 50 })
const newest = async () => (await inTransaction(db, (tx) => outboxOf(tx, { most: 1 })))[0]!
const places = async (memberId = 7) => (await inTransaction(db, (tx) => pushPlacesOf(tx, [memberId]))).get(memberId) ?? []
let sessions = 100

/** A browser of a member that is told things from now on. */
async function aBrowser(memberId = 7, sessionId = (sessions += 1)) {
  const browser = service.subscribe()
  const subscription = readSubscription(browser)!
  const kept = await inTransaction(db, (tx) => keepSubscription(tx, { memberId, sessionId, subscription, hosts, at }))
  return { ...browser, ...kept, sessionId }
}

const tell = (subscriptionId: number, locale: "ru" | "be" | "en" = "ru") =>
  inTransaction(db, (tx) =>
    queueMessage(tx, {
      ...{ memberId: 7, channel: "push", to: placeName(subscriptionId), template: "points_expiring", locale, at },
      params: { points: 1_250, day: "15.05.2027", byDay: "" },
    }),
  )

test("a notification is sealed for one browser, signed by us, and opens the right page in its person's language", async () => {
  const { subscriptionId, endpoint } = await aBrowser()
  await tell(subscriptionId, "be")
  assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 })
  const [taken] = service.taken
  assert.deepEqual(taken?.note, {
    ...{ title: "Хутка згараць бонусы", lang: "be", opens: "/be/my/bonuses", tag: "points_expiring" },
    text: "Да 15.05.2027 можна выкарыстаць бонусы: 1250.",
  })
  assert.deepEqual([taken.browser, taken.ttl, taken.urgency, taken.sender], [endpoint, 86_400, "normal", "mailto:hello@mila.example"])
  const { state, gateway, why } = await newest()
  assert.deepEqual([state, gateway, why], ["sent", `webpush ${new URL(service.url).host}`, null])
  assert.deepEqual((await places())[0]?.takenAt, at)
})

test("who carried it stands where disclosures are read from: the service, by its host", async () => {
  const { subscriptionId } = await aBrowser()
  const { messageId } = await tell(subscriptionId)
  await sending()
  const carried = await inTransaction(db, (tx) => carriedBy(tx, [messageId]))
  assert.deepEqual(carried, [
    { memberId: 7, gateway: `webpush ${new URL(service.url).host}`, channel: "push", template: "points_expiring" },
  ])
})

test("a browser that is gone is forgotten, and so is what still waits for it", async () => {
  const { subscriptionId } = await aBrowser()
  await tell(subscriptionId)
  service.mood = "gone"
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "gone")
  assert.deepEqual(await places(), [])
  service.mood = "well"
  await tell(subscriptionId)
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "signed_out")
  assert.equal(service.taken.length, 0)
})

test("a service that is busy is asked again; one that forbids, or leads elsewhere, is not followed", async () => {
  const { subscriptionId } = await aBrowser()
  await tell(subscriptionId)
  service.mood = "busy"
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 0 })
  assert.deepEqual([(await newest()).state, (await newest()).why], ["queued", "status 429"])
  await owner.pool.query("update messages.outbox set next_at = now() - interval '1 second'")
  service.mood = "leads away"
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 0 })
  assert.equal((await newest()).why, "no answer")
  await owner.pool.query("update messages.outbox set next_at = now() - interval '1 second'")
  service.mood = "forbids"
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await places()).length, 1, "what is about this message ends no subscription")
})

test("somebody else's keys are turned away by the service", async () => {
  const { subscriptionId } = await aBrowser()
  await tell(subscriptionId)
  const foreign = webPush({ keys: { ...newPushKeys(), subject: keys.subject }, hosts })
  await sendQueued(db, { gateways: [foreign], at, most: 5 })
  assert.deepEqual([(await newest()).state, (await newest()).why, service.taken.length], ["queued", "status 401", 0])
})

test("a session has one subscription, and a browser one member: whoever comes later takes its place", async () => {
  const first = await aBrowser()
  const again = await aBrowser(7, first.sessionId)
  assert.deepEqual(
    (await places()).map(({ subscriptionId }) => subscriptionId),
    [again.subscriptionId],
  )
  const subscription = readSubscription(again)!
  await inTransaction(db, (tx) => keepSubscription(tx, { memberId: 8, sessionId: 9_999, subscription, hosts, at }))
  assert.deepEqual([(await places(7)).length, (await places(8)).length], [0, 1])
  const [other] = await places(8)
  await inTransaction(db, (tx) => endSubscription(tx, { memberId: 7, subscriptionId: other!.subscriptionId }))
  assert.equal((await places(8)).length, 1, "nobody ends another's")
})

test("a renewed address takes the place of the former one", async () => {
  const before = await aBrowser()
  const renewed = readSubscription(service.subscribe())!
  const kept = { memberId: 7, sessionId: 12_345, subscription: renewed, formerEndpoint: before.endpoint, hosts, at }
  await inTransaction(db, (tx) => keepSubscription(tx, kept))
  assert.equal((await places()).length, 1)
})

test("we knock at no address that is not a browser maker's service", async () => {
  for (const endpoint of [
    "https://fcm.googleapis.com/fcm/send/x",
    "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://web.push.apple.com/x",
    "https://wns2-by3p.notify.windows.com/w/?token=x",
  ])
    assert.equal(isAllowedEndpoint(endpoint, PUSH_HOSTS), true, endpoint)
  for (const endpoint of [
    "http://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/fcm.googleapis.com",
    "https://user:pw@fcm.googleapis.com/x",
    "https://push.apple.com.evil.example/",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/",
    "file:///etc/passwd",
    `https://fcm.googleapis.com/${"x".repeat(1_000)}`,
    "nonsense",
  ])
    assert.equal(isAllowedEndpoint(endpoint, PUSH_HOSTS), false, endpoint)
  const subscription = { ...readSubscription(service.subscribe())!, endpoint: "http://127.0.0.1:5432/" }
  const keeping = inTransaction(db, (tx) => keepSubscription(tx, { memberId: 7, sessionId: 1, subscription, hosts: PUSH_HOSTS, at }))
  await assert.rejects(keeping, (error) => error instanceof Refusal && error.code === "push_service_unknown")
})

test("an address taken off the list is not knocked at any more, though it was kept", async () => {
  const { subscriptionId } = await aBrowser()
  await tell(subscriptionId)
  await sendQueued(db, { gateways: [webPush({ keys, hosts: PUSH_HOSTS })], at, most: 5 })
  assert.deepEqual([(await newest()).state, service.taken.length], ["failed", 0])
})

test("what has not the form of a subscription is none", () => {
  const { endpoint, keys } = service.subscribe()
  assert.ok(readSubscription({ endpoint, keys }))
  for (const wrong of [
    null,
    {},
    { endpoint },
    { endpoint, keys: { ...keys, auth: "x" } },
    { endpoint, keys: { ...keys, p256dh: "AAAA" } },
    { endpoint: 1, keys },
  ])
    assert.equal(readSubscription(wrong), undefined)
})

test("keys are a pair or none, and a seed always makes the same", () => {
  const [one, other] = [newPushKeys(), newPushKeys()]
  assert.equal(arePushKeys(one), true)
  assert.equal(arePushKeys({ ...one, publicKey: other.publicKey }), false)
  assert.deepEqual(pushKeysFrom(Buffer.alloc(32, 7)), pushKeysFrom(Buffer.alloc(32, 7)))
  assert.equal(arePushKeys(pushKeysFrom(Buffer.alloc(32, 7))), true)
})

test("neither the address nor its keys lie open in the database", async () => {
  const { endpoint, keys } = await aBrowser()
  const { rows } = await owner.pool.query("select row(s.*)::text || encode(sealed, 'escape') kept from messages.push_subscription s")
  for (const secret of [endpoint, keys.auth, keys.p256dh]) assert.ok(!String(rows[0].kept).includes(secret))
})
