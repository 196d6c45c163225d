import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, lastCode, PHONE, stumbles } from "./browser.ts"
import { aNumber } from "./come-in.ts"
import { atNoon } from "./staff-side.ts"

// Under sixteen: a card with a representative's consent, from their phone; what the representative sees of it; and the question at sixteen.

const { skip, withPage, shop } = browserStage()

const SCREENS = [
  ["a phone", PHONE, ""],
  ["a desk, in Belarusian", DESK, "/be"],
  ["a phone without script, in English", { ...PHONE, javaScriptEnabled: false }, "/en"],
] as const

/** The year in which somebody was born who is thirteen in this one, whatever it is. */
const bornIn = async (): Promise<number> => (await shop.mila()).now().getUTCFullYear() - 13

/** What differs from screen to screen: whether a sixth digit sends itself, and whether axe can look. */
function handsOf(page: Page, options: object) {
  const hasScript = !("javaScriptEnabled" in options)
  return {
    see: async () => assert.deepEqual(hasScript ? await stumbles(page) : [], []),
    async type(code: string): Promise<void> {
      await page.fill("#code", code)
      if (!hasScript) await page.click("main button.wide")
    },
  }
}

for (const [screen, options, prefix] of SCREENS) {
  test(`on ${screen}, whoever is under sixteen gets a card with a representative's consent and not without`, { skip }, async () => {
    await withPage(options, async (page) => {
      const { see, type } = handsOf(page, options)
      const mother = aNumber()
      await provePhones(page, { own: aNumber(), mother, prefix, see, type })
      await page.goto(`${shop.url}${prefix}/register`) // closed, and opened again
      await fillIn(page, { year: (await bornIn()) - 4, month: 1, day: 3 })
      await page.click("button[value=details]")
      await page.waitForSelector("#birthday-wrong")
      assert.equal(await page.inputValue("#rep_given"), "Ольга", "what was typed stays")
      await see()
      await page.fill("[name=birth_year]", String(await bornIn()))
      await page.click("button[value=details]")
      await page.waitForURL(/\/my\/card/)
      const told = await (await fetch(`${shop.url}/demo/outbox`)).text()
      assert.ok(told.includes(mother.replace(/\D/g, "")), "the representative is told")
      assert.equal(await page.locator("#partner").count(), 0, "no partner's card is offered")
      await page.goto(`${shop.url}${prefix}/my/data`)
      await page.waitForSelector("main a[href$='/representative']")
      await see()
    })
  })

  test(`on ${screen}, a representative turns advertising on and off, withdraws the consent and gives it again`, { skip }, async () => {
    await withPage(options, async (page) => {
      const { see, type } = handsOf(page, options)
      const mother = aNumber()
      await provePhones(page, { own: aNumber(), mother, prefix, see: async () => undefined, type })
      await fillIn(page, { year: await bornIn(), month: 1, day: 3 })
      await page.click("button[value=details]")
      await page.waitForURL(/\/my\/card/)
      await shop.letPass(2)
      await page.goto(`${shop.url}${prefix}/representative`)
      await see()
      await page.fill("#phone", mother)
      await page.click("button[value=phone]")
      await page.waitForSelector("#code")
      await type(await lastCode(shop.url))
      await page.click("button[value=give] >> nth=0")
      await page.waitForSelector("button[value=withdraw]")
      await see()
      await page.click("button[value=withdraw]")
      await page.waitForSelector("button[value=withdraw]", { state: "detached" })
      await page.click("details:has([name=sure]) > summary")
      await see()
      await page.check("[name=sure]")
      await page.click("button[value=end]")
      await page.waitForSelector("button[value=again]")
      await see()
      await page.check("#child")
      await page.click("button[value=again]")
      await page.waitForSelector("button[value=give]")
      await page.click("button[value=other]")
      await page.waitForSelector("button[value=phone]")
    })
  })
}

test("at sixteen the account asks, and the person agrees themselves", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const { see, type } = handsOf(page, PHONE)
    const mila = await shop.mila()
    await atNoon(mila) // no day ends while the form is filled in
    const soon = new Date(mila.now().getTime() + 2 * 86_400_000)
    await provePhones(page, { own: aNumber(), mother: aNumber(), prefix: "", see: async () => undefined, type })
    await fillIn(page, { year: soon.getUTCFullYear() - 16, month: soon.getUTCMonth() + 1, day: soon.getUTCDate() })
    await page.click("button[value=details]")
    await page.waitForURL(/\/my\/card/)
    await shop.letPass(2 * 24 * 60)
    await page.goto(`${shop.url}/my`)
    await page.waitForSelector("main a[href$='/my/sixteen']")
    await see()
    await page.click("main a[href$='/my/sixteen']")
    await page.waitForSelector("#programme")
    await see()
    await page.check("#programme")
    await page.check("#policy")
    await page.click("main button.wide")
    await page.waitForURL(/\/my\/data/)
    await page.goto(`${shop.url}/my`)
    assert.equal(await page.locator("main a[href$='/my/sixteen']").count(), 0)
  })
})

type Phones = { own: string; mother: string; prefix: string; see: () => Promise<void>; type: (code: string) => Promise<void> }

/** The child's own phone, and the representative's after it. */
async function provePhones(page: Page, { own, mother, prefix, see, type }: Phones): Promise<void> {
  await page.goto(`${shop.url}${prefix}/register`)
  await page.fill("#phone", own)
  await page.click("button[value=phone]")
  await page.waitForSelector("#code")
  await type(await lastCode(shop.url))
  await page.waitForSelector("#given")
  await page.click("main a[href*='child=1']")
  await page.waitForSelector("button[value=child-phone]")
  await see()
  await page.fill("#phone", mother)
  await page.click("button[value=child-phone]")
  await page.waitForSelector("#code")
  await see()
  await type("000000")
  await page.waitForSelector("#code-wrong")
  await type(await lastCode(shop.url))
  await page.waitForSelector("#rep_given")
}

/** What the representative fills in; nobody is asked for anything else. */
async function fillIn(page: Page, { year, month, day }: { year: number; month: number; day: number }): Promise<void> {
  for (const [field, text] of Object.entries({ given: "Марыля", family: "Савич", rep_given: "Ольга", rep_family: "Савич" }))
    await page.fill(`#${field}`, text)
  await page.selectOption("[name=birth_day]", String(day))
  await page.selectOption("[name=birth_month]", String(month))
  await page.fill("[name=birth_year]", String(year))
  await page.selectOption("#kinship", "parent")
  for (const tick of ["child", "programme", "policy"]) await page.check(`#${tick}`)
}
