import assert from "node:assert/strict"
import { test } from "node:test"
import type { BrowserContext, Page } from "playwright-core"
import { browserStage, DESK, lastCode, PHONE, signInByCode, stumbles } from "./browser.ts"

// Signing in by fingerprint or face: added, used, proven with, slept after a recovery and removed, on Chromium's own virtual authenticator.

const { skip, withPage, shop } = browserStage()

/** Passkeys are made for the public address alone, which on a newcomer's machine is localhost; a bare number is another place. */
const home = () => shop.url.replace("127.0.0.1", "localhost")

type Virtual = { remove: () => Promise<void>; credentials: () => Promise<number>; verifies: (does: boolean) => Promise<void> }

/** A phone with a finger on it (WebAuthn in the DevTools protocol). */
async function phoneWithFinger(context: BrowserContext, page: Page): Promise<Virtual> {
  const devtools = await context.newCDPSession(page)
  await devtools.send("WebAuthn.enable", { enableUI: false })
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    remove: () => devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId }).then(() => undefined),
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    verifies: (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }).then(() => undefined),
  }
}

const button = (says: string) => `button:has-text("${says}")`
const ADD = button("Добавить вход")
const ENTER = button("Войти по отпечатку или лицу")

async function addPasskey(page: Page): Promise<void> {
  await page.goto(`${home()}/my/devices`)
  await page.click(`${ADD}:not([disabled])`)
  await page.waitForSelector('.notice:has-text("одним касанием")')
}

async function signOut(page: Page): Promise<void> {
  await page.click("form[action$='sign-out'] button >> visible=true")
  await page.waitForURL(`${home()}/`)
}

/** Without the phone's own offer, which would sign in before anybody touches anything. */
async function quietSignIn(page: Page): Promise<void> {
  await page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
  await page.goto(`${home()}/sign-in`)
}

test("a passkey is added, signs in with one touch, is named and removed", { skip }, async () => {
  await withPage(PHONE, async (page, context) => {
    const phone = await phoneWithFinger(context, page)
    await signInByCode(page, home(), "+375 29 000-00-31")
    await addPasskey(page)
    assert.equal(await phone.credentials(), 1)
    assert.deepEqual(await stumbles(page), [])
    await page.click(ADD)
    await page.waitForSelector('[role=status]:has-text("уже есть")')

    await page.click("#passkeys summary")
    await page.fill("#passkeys input[name=name]", "Мой телефон")
    await page.click("button[value=name-passkey]")
    await page.waitForSelector('#passkeys b:has-text("Мой телефон")')

    await signOut(page)
    await quietSignIn(page)
    await page.click(ENTER)
    await page.waitForURL(/\/my$/)
    await page.goto(`${home()}/my/devices`)
    assert.match((await page.textContent("#passkeys")) ?? "", /Мой телефон[^]*вход \d/)

    await page.click("button[value=remove-passkey]")
    await page.waitForSelector('.notice:has-text("Убрали")')
    assert.equal(await page.locator("#passkeys li").count(), 0)
    for (let looked = 0; looked < 300 && (await phone.credentials()) > 0; looked += 1) await page.waitForTimeout(100)
    assert.equal(await phone.credentials(), 0, "the phone hears of it and offers it no more")
  })
})

test("the phone's field offers the passkey by itself, and where one wanted to go one comes", { skip }, async () => {
  await withPage(PHONE, async (page, context) => {
    await phoneWithFinger(context, page)
    await signInByCode(page, home(), "+375 29 000-00-32")
    await addPasskey(page)
    await signOut(page)
    await page.goto(`${home()}/sign-in?next=/my/receipts`)
    await page.waitForURL(/\/my\/receipts$/)
  })
})

test("whoever cancels is told kindly, and a finger that does not fit signs nobody in", { skip }, async () => {
  await withPage(DESK, async (page, context) => {
    const phone = await phoneWithFinger(context, page)
    await signInByCode(page, home(), "+375 29 000-00-33")
    await addPasskey(page)
    await signOut(page)
    await phone.verifies(false)
    await quietSignIn(page)
    await page.click(ENTER)
    await page.waitForSelector('[role=status]:has-text("Войдите по коду из SMS")')
    assert.deepEqual(await stumbles(page), [])
    assert.equal(new URL(page.url()).pathname, "/sign-in")
  })
})

test("after a recovery every passkey sleeps until its owner says whose it is; then one touch proves who is there", { skip }, async () => {
  await withPage(PHONE, async (page, context) => {
    const number = "+375 29 000-00-34"
    await phoneWithFinger(context, page)
    await signInByCode(page, home(), number)
    await addPasskey(page)
    await signOut(page)
    await shop.letPass(2)
    await page.goto(`${home()}/recover`)
    await page.fill("#phone", number)
    await page.click("button[value=sms]")
    await page.waitForSelector("#code")
    await page.fill("#code", await lastCode(shop.url))
    await page.waitForSelector("#password")
    await page.fill("#password", "утка летит через реку")
    await page.click("main button.wide")
    await page.waitForSelector('.notice:has-text("оставьте свои")')
    assert.match((await page.textContent("#passkeys .alert")) ?? "", /Остановлен/)
    assert.deepEqual(await stumbles(page), [])
    await page.click("button[value=wake-passkey]")
    await page.waitForSelector('.notice:has-text("снова работает")')
    assert.equal(await page.locator("#passkeys .alert").count(), 0)

    await shop.letPass(20)
    await page.click("button[value=remove-passkey]")
    await page.waitForSelector('.alert:has-text("подтвердите, что это вы")')
    assert.deepEqual(await stumbles(page), [])
    await page.click(button("Подтвердить отпечатком"))
    await page.waitForSelector('.notice:has-text("Можно продолжать")')
    await page.click("button[value=remove-passkey]")
    await page.waitForSelector('.notice:has-text("Убрали")')
  })
})

test("at another address of ours nobody is offered what would not work, and without script nothing is missed", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/sign-in`)
    await page.waitForSelector(ENTER, { state: "detached" })
    await signInByCode(page, shop.url, "+375 29 000-00-35")
    await page.goto(`${shop.url}/my/devices`)
    await page.waitForSelector('#passkeys:has-text("Добавить такой вход можно на")')
  })
  await withPage({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${home()}/sign-in`)
    assert.equal(await page.isVisible(ENTER), false)
    assert.equal(await page.isVisible("button[value=ask]"), true)
  })
})
