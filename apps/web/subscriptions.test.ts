import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { advertise, screenMessages } from "@mila/membership"
import { memberByPhone } from "@mila/members"
import { aPhone } from "@mila/members/testing"
import { deliverQueued, localCarrier, newPushKeys, outboxOf, pushPlacesOf, sendQueued, webPush } from "@mila/messages"
import { pushServiceStandIn } from "@mila/messages/push-stand-in"
import { heldBy } from "@mila/privacy"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMemberAt, aWeb, type Visitor } from "./testing.ts"

const keys = { ...newPushKeys(), subject: "mailto:hello@mila.example" }
const service = await pushServiceStandIn({ publicKey: keys.publicKey, now: Date.now })
const TOKEN = "incoming-sms-of-a-gateway-0123456789"
const web = await aWeb({ push: { publicKey: keys.publicKey, hosts: [service.url] }, smsIncomingToken: TOKEN })
after(async () => {
  await Promise.all([service.close(), web.drop()])
  await closeTestDatabases()
})

const { db } = web.own
const OURS = { origin: "https://mila.example", "sec-fetch-site": "same-origin", "content-type": "application/json" }
const memberOf = async (phone: string) => (await inTransaction(db, (tx) => memberByPhone(tx, phone)))!.memberId
const subscribe = (browser: Visitor, subscription: object, former: string | null = null, headers: Record<string, string> = OURS) =>
  browser.send("/my/subscriptions/push", JSON.stringify({ subscription, former }), headers)
const places = async (memberId: number) => (await inTransaction(db, (tx) => pushPlacesOf(tx, [memberId]))).get(memberId) ?? []
const agreedTo = async (memberId: number) => [...(await inTransaction(db, (tx) => heldBy(tx, { memberId, at: web.clock.now() }))).keys()]

/** Somebody new, signed in, and who they are. */
async function somebody() {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  return { phone, browser, memberId: await memberOf(phone) }
}

test("a browser that subscribed after a touch is told what happens, sealed for it alone, until its person signs out there", async () => {
  const { browser, memberId } = await somebody()
  const device = service.subscribe()
  assert.equal((await subscribe(browser, device)).status, 200)
  const page = await (await browser.get("/my/subscriptions")).text()
  assert.match(page, /Где уведомления включены/)
  assert.match(page, /<a aria-current="true" href="\/my\/data">/, "on a phone it is behind «Ещё», which says so")
  await browser.post("/my/devices", { act: "password", password: "корова летит через забор" })
  const sent = await sendQueued(db, {
    gateways: [webPush({ keys, hosts: [service.url] })],
    screen: screenMessages,
    channels: ["push"],
    at: web.clock.now(),
    most: 50,
  })
  assert.equal(sent.sent, 1)
  assert.deepEqual(service.taken.at(-1)?.note, {
    ...{ title: "Пароль изменён", text: "Пароль изменён. Не вы? Восстановите доступ.", opens: "/my/devices" },
    ...{ lang: "ru", tag: "password_changed" },
  })
  await browser.post("/my/sign-out", {})
  assert.deepEqual(await places(memberId), [])
})

test("an address outside the list, or what is no subscription, is not kept; without a session, or from another site, nothing is", async () => {
  const { browser, memberId } = await somebody()
  const device = service.subscribe()
  assert.equal((await subscribe(browser, { ...device, endpoint: "http://169.254.169.254/latest" })).status, 409)
  assert.equal((await subscribe(browser, { endpoint: device.endpoint })).status, 400)
  assert.equal((await subscribe(browser, device, null, { ...OURS, origin: "https://evil.example" })).status, 403)
  assert.notEqual((await subscribe(web.visitor(), device)).status, 200)
  assert.deepEqual(await places(memberId), [])
})

test("a renewed address takes the place of the former, and each place is turned off by itself", async () => {
  const { browser, memberId } = await somebody()
  const [former, renewed] = [service.subscribe(), service.subscribe()]
  await subscribe(browser, former)
  await subscribe(browser, renewed, former.endpoint)
  const [place] = await places(memberId)
  assert.equal((await places(memberId)).length, 1)
  await browser.post("/my/subscriptions", { act: "end-place", place: String(place!.subscriptionId) })
  assert.deepEqual(await places(memberId), [])
})

test("a service worker that lost its address is given our key where its session is told of anything, and nowhere else", async () => {
  const { browser } = await somebody()
  const key = async () => (await (await browser.get("/my/subscriptions/push?key")).json()) as { publicKey: string | null }
  assert.deepEqual(await key(), { publicKey: null })
  await subscribe(browser, service.subscribe())
  assert.deepEqual(await key(), { publicKey: keys.publicKey })
  assert.equal((await browser.get("/my/subscriptions/push")).headers.get("location"), "/my/subscriptions")
  assert.match((await web.visitor().get("/my/subscriptions/push?key")).headers.get("location") ?? "", /^\/sign-in/)
})

test("where there are no keys, notifications are not mentioned and none is kept", async () => {
  const bare = await aWeb()
  try {
    const browser = await aMemberAt(bare, aPhone())
    assert.doesNotMatch(await (await browser.get("/my/subscriptions")).text(), /Уведомления на этом устройстве/)
    assert.equal((await subscribe(browser, service.subscribe())).status, 404)
  } finally {
    await bare.drop()
  }
})

test("a person's own quiet and cap are kept and shown; what was never offered is not taken", async () => {
  const { browser } = await somebody()
  const wish = (from: string, until: string, most: string) => browser.post("/my/subscriptions", { act: "wishes", from, until, most })
  await wish("18", "11", "1")
  const shown = async () =>
    [...(await (await browser.get("/my/subscriptions")).text()).matchAll(/<option value="(\d+)" selected=""/g)].map(([, value]) => value)
  assert.deepEqual(await shown(), ["18", "11", "1"])
  await wish("8", "20", "1")
  await wish("18", "11", "9")
  await wish("x", "y", "z")
  assert.deepEqual(await shown(), ["18", "11", "1"])
})

test("whoever chose another language is written to in it, whatever the language of the page; what is no language of ours changes nothing", async () => {
  const { phone, browser } = await somebody()
  const written = async () => {
    await browser.post("/my/devices", { act: "password", password: `корова летит ${web.clock.now().getTime()}` })
    const told = await inTransaction(db, (tx) => outboxOf(tx, { to: phone, most: 1 }))
    web.clock.moveTo(new Date(web.clock.now().getTime() + 60_000))
    return told[0]!.locale
  }
  assert.equal(await written(), "ru")
  await browser.post("/my/subscriptions", { act: "language", language: "be" })
  assert.equal(await written(), "be")
  assert.match(await (await browser.get("/my/subscriptions")).text(), /<option value="be" selected=""/)
  for (const language of ["xx", "", "__proto__"]) await browser.post("/my/subscriptions", { act: "language", language })
  assert.equal(await written(), "be")
})

test("each message says why it came: class, channel, time, the consent that allowed it, and what became of it", async () => {
  const { browser, memberId } = await somebody()
  await browser.post("/my/subscriptions", { act: "on", purpose: "ads_sms", version: "1" })
  const at = web.clock.now()
  await inTransaction(db, (tx) => advertise(tx, { memberIds: [memberId], text: "Скидки на помаду", publicUrl: "https://mila.example", at }))
  await inTransaction(db, (tx) => deliverQueued(tx, { carry: localCarrier, screen: screenMessages, at, most: 100 }))
  await browser.post("/my/subscriptions", { act: "off", purpose: "ads_sms", version: "1" })
  const page = (await (await browser.get("/my/subscriptions/received")).text()).replace(/<!-- -->/g, "")
  assert.match(page, /Скидки на помаду/)
  assert.match(page, /SMS · [^<]+ · реклама\s· отправлено/)
  assert.match(page, /Почему: вы согласились на рекламу \(SMS\) [^<]+, текст согласия №\u00a01/)
  assert.doesNotMatch(page, /Код|код \d{6}/, "codes are nobody's to keep")
  const other = await somebody()
  assert.doesNotMatch(await (await other.browser.get("/my/subscriptions/received")).text(), /помаду/)
})

test("A57: a mail programme unsubscribes at its own button, without cookies; looking changes nothing, and a guessed link is nothing", async () => {
  const { browser, memberId } = await somebody()
  await browser.post("/my/subscriptions", { act: "on", purpose: "ads_email", version: "1" })
  const at = web.clock.now()
  await inTransaction(db, (tx) => advertise(tx, { memberIds: [memberId], text: "Скидки", publicUrl: "https://mila.example", at }))
  const letter = (await inTransaction(db, (tx) => outboxOf(tx, { memberId }))).find(({ template }) => template === "offer")
  const path = String(letter?.params["unsubscribe"]).replace("https://mila.example", "")
  const form = { "content-type": "application/x-www-form-urlencoded" }
  await web.visitor().get(path)
  assert.ok((await agreedTo(memberId)).includes("ads_email"))
  assert.equal((await web.visitor().send("/unsubscribe?t=guessed", "List-Unsubscribe=One-Click", form)).status, 404)
  const evil = { ...form, origin: "https://evil.example", "sec-fetch-site": "cross-site" }
  assert.equal(
    (await web.visitor().send(path, "List-Unsubscribe=One-Click", evil)).status,
    403,
    "a browser on another site is no mail programme",
  )
  const done = await web.visitor().send(path, "List-Unsubscribe=One-Click", form)
  assert.deepEqual([done.status, await done.text(), done.headers.getSetCookie()], [200, "", []])
  assert.ok(!(await agreedTo(memberId)).includes("ads_email"))
})

test("STOP brought by a gateway ends advertising, whatever its form; known and unknown numbers are answered alike, and a wrong address is not there", async () => {
  const { phone, browser, memberId } = await somebody()
  await browser.post("/my/subscriptions", { act: "on", purpose: "ads_sms", version: "1" })
  const bring = (body: string, type: string, token = TOKEN) =>
    web.fetch(`https://mila.example/sms/incoming/${token}`, { method: "POST", body, headers: { "content-type": type } })
  const wrong = await bring(`from=${phone.slice(1)}&text=STOP`, "application/x-www-form-urlencoded", TOKEN.replace("9", "8"))
  assert.ok(wrong.status === 404 && (await agreedTo(memberId)).includes("ads_sms"))
  const known = await bring(JSON.stringify({ phone: Number(phone.slice(1)), message: "Стоп" }), "application/json")
  const unknown = await bring("from=375291239999&text=%D1%81%D1%82%D0%BE%D0%BF", "application/x-www-form-urlencoded")
  const nonsense = await bring("{", "application/json")
  assert.deepEqual([known.status, unknown.status, nonsense.status], [204, 204, 204])
  assert.ok(!(await agreedTo(memberId)).includes("ads_sms"))
  for (const to of [phone, "+375291239999"])
    assert.equal((await inTransaction(db, (tx) => outboxOf(tx, { to }))).filter(({ template }) => template === "ads_stopped").length, 1)
})
