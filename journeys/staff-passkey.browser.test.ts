import { codeOfStep, fromBase32, stepAt } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page } from "playwright-core"
import { browserStage, DESK, PHONE, stumbles } from "./browser.ts"

// A person of the staff is invited, sets up what they sign in with, works with the key of the day and signs out (A12), on Chromium's own virtual authenticator.

const { skip, withPage, shop } = browserStage()

const PASSWORD = "зелёная кастрюля на плите"
const shown = (page: Page, section: string) => page.waitForSelector(`html[data-shown=${section}]`)

/** Somebody new, and the link a colleague gives them. */
async function invited(name: string): Promise<{ staffId: number; link: string }> {
  const mila = await shop.mila()
  const { staffId } = await mila.must("POST", "/staff", { name, permissions: ["shops.read"] })
  const { link } = await mila.must("POST", `/staff/${staffId}/invitations`, {})
  return { staffId, link }
}

async function finger(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send("WebAuthn.enable", { enableUI: false })
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

const opens = async (key: string): Promise<number> =>
  (await fetch(`${shop.url}/office/v1/shops`, { headers: { authorization: `Bearer ${key}` } })).status

test("A12: by invitation to a passkey, with a touch to the key of the day, and out again: then the key is over", { skip }, async () => {
  await withPage(PHONE, async (page, context) => {
    const { link } = await invited("Ніна Савіч")
    await finger(context, page)
    await page.goto(link)
    await shown(page, "invited")
    assert.equal(await page.textContent("#invited-name"), "Ніна Савіч")
    assert.equal(new URL(page.url()).hash, "", "the invitation stays in no address")
    assert.deepEqual(await stumbles(page), [])
    await page.click("#make")
    await page.waitForSelector("#ready")
    assert.deepEqual(await stumbles(page), [])

    await page.click("#touch")
    await shown(page, "day")
    assert.deepEqual(await stumbles(page), [])
    const key = (await page.textContent("#key")) ?? ""
    assert.match(key, /^mila_[\w-]{43}$/)
    assert.equal(await opens(key), 200)
    await page.reload()
    await shown(page, "day")
    assert.equal(await page.locator("#ways li").count(), 1)
    assert.equal(await page.locator("#ways button").count(), 0, "the last way in is not taken away")

    await page.click("#sign-out")
    await page.waitForSelector('#told:has-text("Вы вышли")')
    assert.equal(await opens(key), 401)
    await page.goto(link)
    await page.waitForSelector('#told.no:has-text("Приглашение недействительно")')
  })
})

test("A12: where a device has no passkey: an app by its QR code, a long password, and both together sign in", { skip }, async () => {
  await withPage(DESK, async (page) => {
    const { link, staffId } = await invited("Ян Савіч")
    await page.goto(link)
    await shown(page, "invited")
    if (!(await page.isVisible("#show-app"))) await page.click("#with-app summary")
    await page.click("#show-app")
    await page.waitForSelector("#qr path[d]")
    assert.deepEqual(await stumbles(page), [])
    const secret = fromBase32(((await page.textContent("#secret")) ?? "").replaceAll(" ", ""))
    const step = stepAt(new Date())
    const code = (later: number) => codeOfStep(secret, step + later, { algorithm: "sha1", digits: 6 })
    await page.fill("#app [name=password]", "короткий")
    await page.fill("#app [name=code]", code(0))
    await page.click("#app .main")
    await page.waitForSelector('#told.no:has-text("короче 15")')
    await page.fill("#app [name=password]", PASSWORD)
    await page.click("#app .main")
    await page.waitForSelector(`#ready:has-text("${staffId}")`)

    await page.fill("#typed [name=password]", PASSWORD)
    await page.fill("#typed [name=code]", code(0))
    await page.click("#typed .main")
    await page.waitForSelector('#told.no:has-text("Войти не получилось")')
    await page.fill("#typed [name=code]", code(1))
    await page.click("#typed .main")
    await shown(page, "day")
    assert.equal(await opens((await page.textContent("#key")) ?? ""), 200)
    await page.click("#sign-out")
    await page.waitForSelector('#told:has-text("Вы вышли")')
  })
})
