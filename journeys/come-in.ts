import type { Page } from "playwright-core"
import { lastCode } from "./browser.ts"
import { firstOf } from "./own-numbers.ts"

// What a person does in a browser again and again: proving a number, getting a card, opening a fold, leaving.

let lastPhone = firstOf(5_000_000, 900_000)

/** A number nobody has yet. */
export const aNumber = (): string => `+375 44 ${String((lastPhone += 1)).replace(/(\d{3})(\d\d)(\d\d)/, "$1-$2-$3")}`

/** Types the number and the code that came to it. */
export async function proveNumber(page: Page, url: string, { phone, send }: { phone: string; send: string }): Promise<void> {
  await page.fill("#phone", phone)
  await page.click(send)
  await page.waitForSelector("#code")
  await page.fill("#code", await lastCode(url))
}

/** A card of one's own, from the address of the registration in any language; an e-mail address is proven at once. */
export async function getCard(
  page: Page,
  url: string,
  { phone, email = "", prefix = "" }: { phone: string; email?: string; prefix?: string },
): Promise<void> {
  await page.goto(`${url}${prefix}/register`)
  await proveNumber(page, url, { phone, send: "button[value=phone]" })
  await page.waitForSelector("#given")
  await page.fill("#given", "Янина")
  await page.fill("#family", "Дубовик")
  await page.fill("#email", email)
  await page.check("#programme")
  await page.check("#policy")
  await page.click("button[value=details]")
  await page.waitForURL(/\/my\/card/)
  if (email) await proveEmail(page, url, { email, prefix })
}

/** The letter that came: one tap in it, and back to the card. */
async function proveEmail(page: Page, url: string, { email, prefix }: { email: string; prefix: string }): Promise<void> {
  const outbox = await (await fetch(`${url}/demo/outbox`)).text()
  const [letter] = /\/my\/devices\?letter=[\w-]+/.exec(outbox.slice(outbox.indexOf(email))) ?? []
  await page.goto(`${url}${prefix}${letter}`)
  await page.click("button[value=letter]")
  await page.waitForSelector("main .notice")
  await page.goto(`${url}${prefix}/my/card`)
}

export async function signOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/my/devices`)
  await page.click("form[action$='sign-out'] button >> visible=true")
  await page.waitForURL(`${url}/`)
}

/** Opens the fold in which something lies. */
export const unfold = (page: Page, what: string): Promise<void> => page.click(`details:has(${what}) > summary`)
