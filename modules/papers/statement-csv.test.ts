import fc from "fast-check"
import assert from "node:assert/strict"
import { test } from "node:test"
import { LOCALES } from "@mila/kernel"
import { statementCsv } from "./statement-csv.ts"
import { aStatement } from "./testing.ts"

const STATEMENT = aStatement({
  movements: [
    {
      kind: "earned",
      points: 1_234,
      what: "Покупка; со скидкой «−5 %»",
      shop: 'Мила, ТЦ "Столица"',
      fiscalUid: "26C0DB0F7A7C4A4B0A0B3C5D",
    },
    { kind: "spent", points: -300, what: '=HYPERLINK("http://x.by")' },
    { kind: "other", points: 1, what: "две\nстроки", shop: " +375 29" },
  ],
})

test("in Russian and Belarusian semicolons part the fields; numbers below zero stay numbers, formulas become texts", () => {
  assert.equal(
    statementCsv(STATEMENT, "ru"),
    "\ufeffДата;Что произошло;Магазин;УИ чека;Бонусы;Остаток\r\n" +
      '2026-11-01;"Покупка; со скидкой «−5 %»";"Мила, ТЦ ""Столица""";26C0DB0F7A7C4A4B0A0B3C5D;1234;2234\r\n' +
      '2026-11-01;"\'=HYPERLINK(""http://x.by"")";;;-300;1934\r\n' +
      '2026-11-01;"две\nстроки";\' +375 29;;1;1935\r\n',
  )
  assert.match(statementCsv(STATEMENT, "be"), /^\ufeffДата;Што адбылося;Крама;УІ чэка;Бонусы;Астатак\r\n/)
})

test("in English commas do", () => {
  assert.match(statementCsv(STATEMENT, "en"), /^\ufeffDate,What happened,Shop,Receipt UID,Points,Balance\r\n2026-11-01,"Покупка; со/)
})

test("a movement late in the evening belongs to its day in Minsk", () => {
  const { movements, ...statement } = aStatement({ movements: [{ kind: "earned", points: 1 }] })
  const late = { ...movements[0]!, occurredAt: new Date("2026-11-30T21:30:00Z") }
  assert.match(statementCsv({ ...statement, movements: [late] }, "ru"), /\r\n2026-12-01;/)
})

const wicked = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .tuple(
      fc.string({ unit: fc.constantFrom(..." \t\r\n\u00a0\ufeff\u200b\u0000") }),
      fc.constantFrom(..."=+-@＝\t\r"),
      fc.string({ unit: fc.constantFrom(...'=,;"\r\n ab1') }),
    )
    .map((parts) => parts.join("")),
)

test("whatever the words are, none runs as a formula, and each comes back from its field", () =>
  fc.assert(
    fc.property(
      wicked,
      wicked,
      wicked,
      fc.integer({ min: -900, max: 900 }),
      fc.constantFrom(...LOCALES),
      (what, shop, fiscalUid, moved, locale) => {
        const statement = aStatement({ movements: [{ kind: "other", points: moved, what, shop, fiscalUid }] })
        const [, row, ...rest] = parsed(statementCsv(statement, locale), locale === "en" ? "," : ";")
        assert.deepEqual(rest, [])
        assert.equal(row!.length, 6)
        assert.deepEqual([Number(row![4]), Number(row![5])], [moved, 1_000 + moved])
        ;[what, shop, fiscalUid].forEach((said, place) => {
          const field = row![place + 1]!
          assert.ok(!/^[=+\-@＝＋－＠]/.test(field.replace(/^[\s\p{Cc}\p{Cf}]+/u, "")), JSON.stringify(field))
          assert.ok(!/^\s*[\t\r]/.test(field), JSON.stringify(field))
          assert.ok(field === said || field === `'${said}`, "and nothing of it is lost")
        })
      },
    ),
    { numRuns: 2_000 },
  ))

/** RFC 4180 read letter by letter, by rules of its own. */
function parsed(csv: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  let [field, quoted] = ["", false]
  const letters = csv.slice(1) // the mark
  for (let place = 0; place < letters.length; place += 1) {
    const letter = letters[place]!
    if (quoted) {
      if (letter !== '"') field += letter
      else if (letters[place + 1] === '"') field += letters[(place += 1)]
      else quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === separator || letters.startsWith("\r\n", place)) {
      rows.at(-1)!.push(field)
      field = ""
      if (letter === separator) continue
      rows.push([])
      place += 1
    } else field += letter
  }
  return rows.slice(0, -1)
}
