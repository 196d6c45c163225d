import { day, points } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import { statementPdf } from "./statement-pdf.ts"
import { aStatement, readPaper } from "./testing.ts"

const SALE = { what: "Начислено за покупку", shop: "Мила, пр. Независимости, 154", fiscalUid: "26C0DB0F7A7C4A4B0A0B3C5D" }

test("a statement says whose it is, when, what moved where, and what it comes to", async () => {
  const statement = aStatement({
    movements: [
      { kind: "earned", points: 1_234, ...SALE },
      { kind: "spent", points: -300 },
      { kind: "expired", points: -50, what: "Срок действия закончился" },
    ],
    pending: [
      { points: points(20), activatesOn: day("2026-12-07") },
      { points: points(1), activatesOn: day("2026-12-11") },
    ],
  })
  const { pages, title, language, roles } = await readPaper(await statementPdf(statement, "ru"))
  assert.equal(pages.length, 1)
  const text = pages[0]!
  for (const said of [
    "Выписка по бонусам",
    "1 ноября 2026 г. — 30 ноября 2026 г.",
    "Анна Сергеевна Иванова",
    "•••• 5678",
    ...["1 000", "+1 234", "−300", "−50", "1 884", "это 18,84 р."],
    ...["01.11.2026", "12:05", SALE.what, SALE.shop, SALE.fiscalUid, "2 234", "1 934"],
    "Начислены, но ещё не доступны: 21 бонус",
    "7 декабря 2026 г.",
    "1 бонус = 0,01 р. при оплате покупки",
    "Сформировано 1 декабря 2026 г., 09:30 (время Минска)",
    "стр. 1 из 1",
  ]) {
    assert.ok(text.includes(said), `${said} in ${text}`)
  }
  assert.ok(!text.includes("290001234"), "the card's number stays hidden")
  assert.ok(!text.includes("Возвраты и исправления"), "a total of nothing out of the ordinary is not shown")
  assert.match(title, /^Выписка по бонусам, 1\sноября/)
  assert.equal(language, "ru-BY")
  assert.deepEqual(roles[0]!.slice(0, 4), ["Root", "Document", "P", "H1"])
  assert.equal(roles[0]!.filter((role) => role === "TH").length, 5 + 2)
  assert.equal(roles[0]!.filter((role) => role === "TD").length, 5 + 2 * 4 + 2 * 2, "a cell without a shop says nothing")
})

test("Belarusian keeps its ў and і, and counts points its own way", async () => {
  const statement = aStatement({
    member: "Дзмітрый Ўсціновіч-Багушэвіч",
    movements: [{ kind: "other", points: 3, what: "Баланс выправіў супрацоўнік: ёсць, ці няма" }],
    pending: [{ points: points(3), activatesOn: day("2027-01-05") }],
  })
  const { pages, language } = await readPaper(await statementPdf(statement, "be"))
  for (const said of [
    "Выпіска па бонусах",
    "Дзмітрый Ўсціновіч-Багушэвіч",
    "Баланс выправіў супрацоўнік: ёсць, ці няма",
    "Вяртанні і выпраўленні",
    "Рух бонусаў",
    "Налічаны, але яшчэ не даступныя: 3 бонусы",
    "5 студзеня 2027 г.",
    "стар. 1 з 1",
  ]) {
    assert.ok(pages[0]!.includes(said), said)
  }
  assert.equal(language, "be-BY")
})

test("a thousand movements go over as many pages as they need, each with the table's header and its number", async () => {
  const movements = Array.from({ length: 1_000 }, (_, place) => ({ kind: "earned" as const, points: 1, what: `Покупка № ${place + 1}.` }))
  const { pages, roles } = await readPaper(await statementPdf(aStatement({ movements }), "en"))
  assert.ok(pages.length > 20 && pages.length < 60, `${pages.length} pages`)
  pages.forEach((text, place) => assert.ok(text.includes(`page ${place + 1} of ${pages.length}`)))
  pages.slice(0, -1).forEach((text) => assert.ok(text.includes("What happened")))
  const whole = pages.join(" ")
  for (let number = 1; number <= 1_000; number += 1) assert.ok(whole.includes(`Покупка № ${number}.`), `movement ${number}`)
  assert.equal(roles.flat().filter((role) => role === "TH").length, 5, "a header is read aloud once")
})

test("millions of points are told in one piece", async () => {
  const movements = [
    { kind: "earned", points: 123_456_789 },
    { kind: "other", points: -23_456_789 },
  ] as const
  const { pages } = await readPaper(await statementPdf(aStatement({ movements }), "ru"))
  assert.ok(pages[0]!.includes("+123 456 789") && pages[0]!.includes("−23 456 789") && pages[0]!.includes("это 1 000 010,00 р."))
})

test("a month without movements is said in words, a member without a card has none", async () => {
  const { pages } = await readPaper(await statementPdf(aStatement({ movements: [], card: null }), "en"))
  assert.ok(pages[0]!.includes("No movements in this period."))
  assert.ok(pages[0]!.includes("Bonus card") && pages[0]!.includes("none"))
})

test("a chain whose name would be markup leaves the paper whole", async () => {
  const { pages } = await readPaper(await statementPdf(aStatement({ movements: [], chain: "Мила & <Ко>" }), "ru"))
  assert.ok(pages[0]!.includes("Мила & <Ко>"))
})

test("the same statement makes the same bytes", async () => {
  const statement = aStatement({ movements: [{ kind: "earned", points: 5 }] })
  assert.ok((await statementPdf(statement, "ru")).equals(await statementPdf(statement, "ru")))
})

test("no paper is made of a statement that does not add up", async () => {
  const statement = aStatement({ movements: [{ kind: "earned", points: 5 }], closing: points(1_004) })
  await assert.rejects(statementPdf(statement, "ru"), /adds up/)
})
