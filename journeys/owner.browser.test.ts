import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, SCREENS, stumbles } from "./browser.ts"
import { aNumber, getCard, proveNumber } from "./come-in.ts"

// An account that slept for months: a code by SMS leads to one more question, which its owner answers and a stranger does not.

const { skip, withPage, shop } = browserStage()

/** Somebody gets a card and is not seen for eight months; the digits of the card, the phone, and the letter's address. */
async function aSleeper(): Promise<{ phone: string; card: string; email: string }> {
  const phone = aNumber()
  const email = `sleeper${phone.replace(/\D/g, "")}@example.by` // twelve digits: nobody takes them for a code
  let card = ""
  await withPage(PHONE, async (page) => {
    await getCard(page, shop.url, { phone, email })
    card = ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")
  })
  await shop.letPass(8 * 31 * 24 * 60)
  return { phone, card, email }
}

async function comeBack(page: Page, phone: string, prefix = ""): Promise<void> {
  await page.goto(`${shop.url}${prefix}/sign-in`)
  await proveNumber(page, shop.url, { phone, send: "button[value=ask]" })
  await page.waitForURL(/\/sign-in\/owner/)
}

for (const [screen, options] of SCREENS) {
  test(`on a ${screen}, the owner of an account that slept answers by the card's digits, and is in`, { skip }, async () => {
    const { phone, card } = await aSleeper()
    await withPage(options, async (page) => {
      await comeBack(page, phone)
      assert.deepEqual(await stumbles(page), [])
      assert.doesNotMatch((await page.textContent("main")) ?? "", /Янина|Дубовик|@/, "nothing of the account is shown")
      await page.fill("[name=digits]", String((Number(card.slice(-6)) + 500_000) % 1_000_000).padStart(6, "0"))
      await page.click("button[value=card]")
      await page.waitForSelector("main [role=alert]")
      assert.deepEqual(await stumbles(page), [])
      await page.fill("[name=digits]", card.slice(-6))
      await page.click("button[value=card]")
      await page.waitForURL(/\/my$/)
      await page.waitForSelector("h1:has-text('Янина')")
    })
  })
}

test("or by the code of a letter", { skip }, async () => {
  const { phone, email } = await aSleeper()
  await withPage(DESK, async (page) => {
    await comeBack(page, phone, "/be")
    await page.click("button[value=mail]")
    await page.waitForSelector("[name=code]")
    assert.deepEqual(await stumbles(page), [])
    const outbox = await (await fetch(`${shop.url}/demo/outbox`)).text()
    const letter = outbox.slice(outbox.indexOf(email))
    await page.fill("[name=code]", /[^\d](\d{6})[^\d]/.exec(letter)?.[1] ?? "")
    await page.click("button[value=code]")
    await page.waitForURL(/\/be\/my$/)
  })
})

test("who has the number since lately gets an account of their own, and nothing of the former one", { skip }, async () => {
  const { phone, card } = await aSleeper()
  await withPage(PHONE, async (page) => {
    await comeBack(page, phone)
    await page.click("main a[href*='fresh']")
    await page.waitForSelector("#given")
    await page.fill("#given", "Марыля")
    await page.fill("#family", "Савич")
    await page.check("#programme")
    await page.check("#policy")
    await page.click("button[value=details]")
    await page.waitForURL(/\/my\/card/)
    await page.waitForSelector(".digits")
    assert.notEqual(((await page.textContent(".digits")) ?? "").replace(/\D/g, ""), card)
  })
})
