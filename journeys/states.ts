import type { Page } from "playwright-core"
import { lastCode, signInByCode } from "./browser.ts"

type Walk = {
  url: string
  /** "", "/be" or "/en" */
  prefix: string
  /** a number nobody has a card on */
  fresh: string
  /** the number of somebody who has bought things */
  known: string
  letPass: (minutes: number) => Promise<unknown>
  /** looks at the page as it stands now */
  see: (state: string) => Promise<void>
}

/**
 * Leads a page through the states no address shows: what was typed wrong, codes and proofs asked for, folds and dialogs open, an account without anything
 * in it, a movement with its reasons. In each of them `see` is called. Words of no language are used, so it walks in all of them.
 */
export async function walkStates(page: Page, walk: Walk): Promise<void> {
  const { url, prefix, see } = walk
  await page.goto(`${url}${prefix}/sign-in`)
  await page.fill("#phone", "+375 44 999-99-98")
  await page.fill("#password", "не тот пароль совсем")
  await page.click("main button:not([name])")
  await page.waitForSelector("#password-wrong")
  await see("sign-in-wrong")
  await page.goto(`${url}${prefix}/nothing-here`)
  await see("not-found")
  await registering(page, walk)
  await newCard(page, walk)
  await emptyAccount(page, walk)
  await ownData(page, walk)
  await proofs(page, walk)
  await page.goto(`${url}/my/devices`)
  await page.click("form[action$='sign-out'] button >> visible=true")
  await page.waitForURL(`${url}/`)
  await knownMember(page, walk)
}

async function registering(page: Page, { url, prefix, fresh, see }: Walk): Promise<void> {
  await page.goto(`${url}${prefix}/register`)
  await page.fill("#phone", "+375 29 1")
  await page.click("button[value=phone]")
  await page.waitForSelector("#phone-wrong")
  await see("register-phone-wrong")
  await page.fill("#phone", fresh)
  await page.click("button[value=phone]")
  await page.waitForSelector("#code")
  await page.fill("#code", "000000")
  await page.waitForSelector("#code-wrong")
  await see("register-code-wrong")
  await page.fill("#code", await lastCode(url))
  await page.waitForSelector("#given")
  await openFolds(page)
  await see("register-details")
  await page.fill("#given", "123")
  await page.fill("#family", "Каминская")
  await page.check("#programme")
  await page.check("#policy")
  await page.click("button[value=details]")
  await page.waitForSelector("#given-wrong")
  await see("register-details-wrong")
  await page.fill("#given", "Алеся")
  await page.click("button[value=details]")
  await page.waitForURL(/\/my\/card/)
  await page.waitForSelector(".qr progress")
  await see("card-new")
}

async function newCard(page: Page, { url, prefix, see }: Walk): Promise<void> {
  await openFolds(page)
  await see("card-folds-open")
  await page.fill("#number-linked", "4111 1111 1111 1111")
  await page.waitForSelector("#partner [role=alert]")
  await see("card-bank-number-stopped")
  await page.click(".pale")
  await page.waitForSelector("dialog[open]")
  await see("card-whole-screen")
  await page.click("dialog[open] button")
  await page.fill("#number-attached", "2800000000000")
  await page.click("button[value=attached]")
  await page.waitForSelector("#number-attached-wrong, form:has(#number-attached) [role=alert]")
  await see("card-number-wrong")
  await page.goto(`${url}${prefix}/my/card`)
  await openFolds(page)
  await page.click("button[value=blocked]")
  await page.waitForSelector(".pass.blocked")
  await see("card-blocked")
}

async function emptyAccount(page: Page, { url, prefix, see }: Walk): Promise<void> {
  for (const path of ["", "/bonuses", "/receipts"]) {
    await page.goto(`${url}${prefix}/my${path}`)
    await see(`empty${path.replace("/", "-") || "-home"}`)
  }
  await page.goto(`${url}${prefix}/my`)
  await page.click("button[value=large]")
  await page.waitForSelector(".big-three")
  await see("large-home")
  await page.goto(`${url}${prefix}/my/card`)
  await see("large-card")
  await page.goto(`${url}${prefix}/my`)
  await page.click("button[value=usual]")
  await page.waitForSelector(".balance")
}

async function ownData(page: Page, { url, prefix, see }: Walk): Promise<void> {
  await page.goto(`${url}${prefix}/my/data`)
  await openFolds(page)
  await page.selectOption("#kind", "information")
  await see("data-request")
  await page.click("button[value=request]")
  await page.waitForSelector("main .notice")
  await see("data-request-taken")
  await page.goto(`${url}${prefix}/my/data/leave`)
  await page.check("[name=sure]")
  await page.click(".button.danger")
  await page.waitForURL(/my\/data\?done=leaves/)
  await see("data-leaving")
  await page.goto(`${url}${prefix}/my/data/leave`)
  await see("leave-asked")
  await page.click("button[value=stay]")
  await page.waitForURL(/done=stays/)
  await page.goto(`${url}${prefix}/my/receipts/missing`)
  await page.fill("[name=uid]", "АБВ")
  await page.fill("[name=day]", (await page.getAttribute("[name=day]", "max")) ?? "")
  await page.fill("[name=sum]", "12,50")
  await page.click("main form .button")
  await page.waitForSelector("main .wrong, main [role=alert]")
  await see("missing-wrong")
}

async function proofs(page: Page, { url, prefix, letPass, see }: Walk): Promise<void> {
  await page.goto(`${url}${prefix}/my/devices`)
  await page.fill("#password", "123")
  await page.click("button[value=password]")
  await page.waitForSelector("#password-wrong")
  await see("devices-password-wrong")
  await page.fill("#email", "alesya@example.by")
  await page.click("button[value=ask-email]")
  await page.waitForSelector("#code")
  await see("devices-code")
  await page.click("button[value=cancel]")
  await page.waitForSelector("#code", { state: "detached" })
  await letPass(20)
  await page.goto(`${url}${prefix}/my/devices?prove=/my/data/merge`)
  await see("devices-proof")
}

async function knownMember(page: Page, { url, prefix, fresh, known, see }: Walk): Promise<void> {
  await signInByCode(page, url, known)
  await page.goto(`${url}${prefix}/my/bonuses`)
  await page.click("main .rows summary >> nth=0")
  await see("bonuses-opened")
  await page.goto(`${url}${prefix}/my/bonuses?filter=minus`)
  await see("bonuses-spent")
  await page.goto(`${url}${prefix}/my/receipts`)
  await page.click("main .rows a >> nth=0")
  await page.waitForSelector(".slip")
  await see("receipt")
  await page.goto(`${url}${prefix}/my/data/merge`)
  await page.fill("#phone", fresh)
  await page.click("button[value=send]")
  await page.waitForSelector("#code")
  await page.fill("#code", await lastCode(url))
  await page.waitForSelector("main .figures")
  await see("merge-preview")
}

const openFolds = (page: Page): Promise<unknown> =>
  page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
