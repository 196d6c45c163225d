import { inTransaction } from "@mila/kernel"
import { childOf, memberByPhone, personOf } from "@mila/members"
import { consentHistory, heldBy } from "@mila/privacy"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aPhone, aWebOfFamilies, DETAILS } from "./children-testing.ts"
import { aMemberAt } from "./testing.ts"

// Under sixteen a representative agrees, whose phone is proven by a code of its own.

const { web, at } = await aWebOfFamilies()

const byPurpose = <Given extends { purpose: string }>(given: readonly Given[]): Given[] =>
  given.toSorted((one, other) => (one.purpose < other.purpose ? -1 : 1))

const alertOf = async (answer: Response) => /class="(?:wrong|alert)"[^>]*>([^<]+)</.exec(await answer.text())?.[1]

test("a child joins by the consent of a representative: who agreed is written down, word for word, until they are sixteen, and both are told", async () => {
  const [own, mother] = [aPhone(), aPhone()]
  const browser = await at.aChildAt(own)
  assert.match(await (await browser.get("/register")).text(), /href="\/register\?child=1"/)
  const asked = await (await browser.get("/register?child=1")).text()
  assert.match(asked, /Шаг 3 из 5/)
  assert.match(asked, /Телефон представителя/)
  await at.represented(browser, mother)
  assert.deepEqual(await at.toldTo(mother), ["representative_code"], "the code says that it is a representative's")
  const later = await (await browser.get("/register")).text()
  assert.match(later, /Дальше заполняет представитель/, "they go on where they left")
  const done = await browser.post("/register", { ...DETAILS, consent_ads_email: "1" })
  assert.equal(done.headers.get("location"), "/my/card?new=1")

  const memberId = (await at.memberOf(own))!
  const child = await inTransaction(web.own.db, (tx) => childOf(tx, memberId))
  assert.deepEqual(
    [child?.sixteenOn, child?.kinship, child?.representative?.name.given, child?.representative?.phone],
    ["2028-05-03", "parent", "Ольга", mother],
  )
  const consents = await inTransaction(web.own.db, (tx) => consentHistory(tx, memberId))
  assert.deepEqual(
    byPurpose(consents).map(({ purpose, version, means, by }) => [purpose, version, means, by]),
    ["ads_email", "child", "policy", "programme"].map((purpose) => [purpose, 1, "code", `representative:${memberId}`]),
  )
  const until = new Date("2028-05-02T20:59:59.999Z")
  assert.deepEqual(
    byPurpose(consents).map(({ purpose, holdsUntil }) => [purpose, holdsUntil]),
    [
      ["ads_email", until],
      ["child", until],
      ["policy", null],
      ["programme", null],
    ],
  )
  const held = (when: Date) => inTransaction(web.own.db, async (tx) => [...(await heldBy(tx, { memberId, at: when })).keys()].toSorted())
  assert.deepEqual(await held(new Date("2028-05-03T00:00:00Z")), ["policy", "programme"], "what rests on consent ends with the birthday")
  assert.deepEqual(await at.toldTo(mother), ["child_card_issued", "representative_code"])
  const person = await inTransaction(web.own.db, (tx) => personOf(tx, memberId))
  assert.deepEqual(person?.birthday, { month: 5, day: 3 })
})

test("without the representative's code there is no card, and what is wrong is said beside its field in three languages", async () => {
  const own = aPhone()
  const browser = await at.aChildAt(own)
  assert.equal((await browser.post("/register?child=1", DETAILS)).headers.get("location"), "/register", "no phone of theirs was proven")
  assert.equal(await at.memberOf(own), undefined)
  await at.represented(browser, aPhone())
  for (const [wish, says] of [
    [{ consent_child: "" }, "Тем, кому нет 16\u00a0лет, нужно согласие родителя или другого представителя."],
    [{ birth_year: "" }, "Укажите дату рождения ребёнка целиком: день, месяц и год."],
    [{ birth_year: "2010", birth_month: "11" }, "По этой дате ребёнку уже 16\u00a0лет: карту он оформляет сам."],
    [{ birth_month: "2", birth_day: "30" }, "Такого дня нет в календаре."],
    [{ rep_given: "123" }, "Напишите имя и фамилию представителя буквами, без цифр."],
  ] as const) {
    const answer = await browser.post("/register?child=1", { ...DETAILS, ...wish })
    const page = await answer.text()
    assert.ok(page.includes(says), says)
    assert.ok(answer.status >= 400)
    assert.match(page, /value="Марыля"/, "what was typed stays")
  }
  const be = await browser.post("/be/register?child=1", { ...DETAILS, rep_given: "123" })
  assert.match(await be.text(), /Напішыце імя і прозвішча прадстаўніка/)
  const en = await browser.post("/en/register?child=1", { ...DETAILS, rep_given: "123" })
  assert.match(await en.text(), /Write the representative&#x27;s name|Write the representative’s name/)
  assert.equal(
    (await browser.post("/register?child=1", DETAILS)).headers.get("location"),
    "/my/card?new=1",
    "the proofs stood all the while",
  )
})

test("the child's own number represents nobody, and neither does another child's", async () => {
  const [own, elder] = [aPhone(), aPhone()]
  const big = await at.aChildAt(elder)
  await at.represented(big, aPhone())
  await big.post("/register?child=1", DETAILS)
  for (const phone of [own, elder]) {
    at.pass(3)
    const browser = await at.aChildAt(own)
    at.pass(2)
    await at.represented(browser, phone)
    assert.match((await alertOf(await browser.post("/register?child=1", DETAILS))) ?? "", /Нужен номер взрослого представителя/)
  }
})

test("a representative who has a card is named in the link, and the answer is the same for who has none", async () => {
  const [member, stranger] = [aPhone(), aPhone()]
  await aMemberAt(web, member)
  at.pass(3)
  const answers = []
  for (const phone of [member, stranger]) {
    const browser = await at.aChildAt(aPhone())
    const sent = await browser.post("/register?child=1", { step: "child-phone", phone })
    answers.push([sent.status, sent.headers.get("location")])
  }
  assert.deepEqual(answers[0], answers[1])
  const own = aPhone()
  const browser = await at.aChildAt(own)
  at.pass(3)
  await at.represented(browser, member)
  await browser.post("/register?child=1", DETAILS)
  const child = await inTransaction(web.own.db, async (tx) => childOf(tx, (await memberByPhone(tx, own))!.memberId))
  assert.equal(child?.representative?.memberId, await at.memberOf(member))
})

test("A05: codes for representatives are counted with all others, one a minute and five a day for a number", async () => {
  const mother = aPhone()
  const outcomes = []
  for (let time = 0; time < 7; time += 1) {
    const browser = await at.aChildAt(aPhone(), `198.51.${100 + time}.1`)
    outcomes.push((await browser.post("/register?child=1", { step: "child-phone", phone: mother })).status)
    if (time > 0) at.pass(10)
  }
  assert.deepEqual(outcomes, [302, 429, 302, 302, 302, 302, 429])
})

test("nobody asks for a representative's code before their own phone is proven, and who is sixteen goes back", async () => {
  const browser = web.visitor()
  const answer = await browser.post("/register?child=1", { step: "child-phone", phone: aPhone() })
  assert.equal(answer.headers.get("location"), "/register")
  const own = await at.aChildAt(aPhone())
  await at.represented(own, aPhone())
  await own.post("/register?child=1", { step: "grown" })
  assert.match(await (await own.get("/register")).text(), /Как вас зовут/)
})
