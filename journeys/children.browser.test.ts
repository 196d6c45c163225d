import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, lastCode, PHONE, stumbles } from "./browser.ts"
import { aNumber } from "./come-in.ts"

// Under sixteen: a card with a representative's consent, from their phone.

const { skip, withPage, shop } = browserStage()

const SCREENS = [
  ["a phone", PHONE, ""],
  ["a desk, in Belarusian", DESK, "/be"],
  ["a phone without script, in English", { ...PHONE, javaScriptEnabled: false }, "/en"],
] as const

for (const [screen, options, prefix] of SCREENS) {
  test(`on ${screen}, whoever is under sixteen gets a card with a representative's consent and not without`, { skip }, async () => {
    const script = !("javaScriptEnabled" in options)
    await withPage(options, async (page) => {
      const see = async () => assert.deepEqual(script ? await stumbles(page) : [], [])
      const send = async (code: string) => {
        await page.fill("#code", code)
        if (!script) await page.click("main button.wide")
      }
      const mother = aNumber()
      await page.goto(`${shop.url}${prefix}/register`)
      await page.fill("#phone", aNumber())
      await page.click("button[value=phone]")
      await page.waitForSelector("#code")
      await send(await lastCode(shop.url))
      await page.waitForSelector("#given")
      await page.click("main a[href*='child=1']")
      await page.waitForSelector("button[value=child-phone]")
      await see()
      await page.fill("#phone", mother)
      await page.click("button[value=child-phone]")
      await page.waitForSelector("#code")
      await see()
      await send("000000")
      await page.waitForSelector("#code-wrong")
      await send(await lastCode(shop.url))
      await page.waitForSelector("#rep_given")
      await page.goto(`${shop.url}${prefix}/register`) // closed, and opened again
      await fillIn(page, { year: "2010", month: "1" })
      await page.click("button[value=details]")
      await page.waitForSelector("#birthday-wrong")
      assert.equal(await page.inputValue("#rep_given"), "Ольга", "what was typed stays")
      await see()
      await page.fill("[name=birth_year]", "2013")
      await page.click("button[value=details]")
      await page.waitForURL(/\/my\/card/)
      const told = await (await fetch(`${shop.url}/demo/outbox`)).text()
      assert.ok(told.includes(mother.replace(/\D/g, "")), "the representative is told")
    })
  })
}

/** What the representative fills in; nobody is asked for anything else. */
async function fillIn(page: Page, { year, month }: { year: string; month: string }): Promise<void> {
  for (const [field, text] of Object.entries({ given: "Марыля", family: "Савич", rep_given: "Ольга", rep_family: "Савич" }))
    await page.fill(`#${field}`, text)
  await page.selectOption("[name=birth_day]", "3")
  await page.selectOption("[name=birth_month]", month)
  await page.fill("[name=birth_year]", year)
  await page.selectOption("#kinship", "parent")
  for (const tick of ["child", "programme", "policy"]) await page.check(`#${tick}`)
}
