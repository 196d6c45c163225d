import { anIphone, applePushStandIn, googleWalletStandIn, shownBy, type Shown } from "@mila/wallet/stand-ins"
import { someAppleKeys, someGoogleKeys, someServerKeys } from "@mila/wallet/testing"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, test } from "node:test"
import type { Page } from "playwright-core"
import type { Mila } from "./adapter.ts"
import { browserStage, DESK, lastCode, PHONE, SCREENS, stumbles } from "./browser.ts"
import { aNumber, getCard } from "./come-in.ts"

// The card in the wallet of a phone, where the shop has its keys: Apple's file taken from the page, Google's link followed, both kept up and taken back.

let mila: Mila // its clock is Google's too
const { keys, publicKey } = someGoogleKeys()
const [apple, server] = [someAppleKeys(), someServerKeys()]
const google = await googleWalletStandIn({ ...keys, publicKey }, { now: () => mila.now() })
const push = await applePushStandIn({ ...server, authority: apple.wwdr, passType: apple.passType })
after(() => Promise.all([google.close(), push.close()]))

const account = {
  ...{ type: "service_account", client_email: keys.email, private_key: keys.key, private_key_id: keys.keyId },
  token_uri: google.tokenUrl,
}
const { skip, withPage, shop } = browserStage({
  prepare: async () => void (mila = await shop.mila()),
  settings: (port) => ({
    ...{ MILA_PUBLIC_URL: `http://localhost:${port}`, MILA_APPLE_PASS_TYPE: apple.passType, MILA_APPLE_TEAM: apple.team },
    ...{ MILA_APPLE_CERTIFICATE: apple.certificate, MILA_APPLE_KEY: apple.key, MILA_APPLE_WWDR: apple.wwdr },
    ...{ MILA_APPLE_PUSH_URL: push.url, MILA_APPLE_PUSH_CA: server.certificate },
    ...{ MILA_GOOGLE_WALLET_ISSUER: keys.issuer, MILA_GOOGLE_WALLET_ACCOUNT: JSON.stringify(account), MILA_GOOGLE_WALLET_URL: google.url },
  }),
})

/** Phones and Google ask at the public address, which here is localhost. */
const home = () => shop.url.replace("127.0.0.1", "localhost")
const APPLE = "button[value=to-apple]"
const GOOGLE = "button[value=to-google]"

const digitsOf = async (page: Page): Promise<string> => ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")

/** The worker's next minutes. */
async function aWhileLater(): Promise<void> {
  await mila.runJob("takeLeftJobs")
  await mila.moveClock(2 / (24 * 60))
  await mila.runJob("updatePasses")
}

for (const [screen, options] of SCREENS) {
  test(`on a ${screen}, the file for Apple Wallet is this card: it is kept up, and goes void when it is removed`, { skip }, async () => {
    await withPage(options, async (page) => {
      const phone = aNumber()
      await getCard(page, home(), { phone })
      const number = await digitsOf(page)
      assert.match((await page.textContent("#wallets")) ?? "", /Добавить в Google Кошелёк.*Добавить в Apple Wallet/s)
      assert.deepEqual(await stumbles(page), [])
      const [file] = await Promise.all([page.waitForEvent("download"), page.click(APPLE)])
      assert.equal(file.suggestedFilename(), "mila.pkpass")
      const iphone = anIphone(push)
      const serial = await iphone.adds(readFileSync(await file.path()))
      const pass = () => iphone.passes.get(serial) as Shown & { barcodes: { message: string }[]; voided?: boolean }
      const balance = () => pass().storeCard["primaryFields"]!.find(({ key }) => key === "balance")?.value
      assert.deepEqual([pass().barcodes[0]!.message, balance()], [number, 0])

      const { memberId } = await mila.must("POST", "/members/search", { phone })
      await mila.givePoints(memberId, 250)
      await seen(() => balance() === 250)

      await page.reload()
      assert.match((await page.textContent("#wallets")) ?? "", /Уже выдана для Apple Wallet/)
      await page.click("#wallets a")
      await page.click("#passes button[value=remove-pass]")
      await page.waitForSelector(".notice")
      await seen(() => pass().voided === true)
      assert.equal(await page.locator("#passes").count(), 0)
    })
  })
}

test(
  "Google Wallet gets this card with a code that changes as the page's own does, and a blocked card goes out of it",
  { skip },
  async () => {
    await withPage(PHONE, async (page, context) => {
      await getCard(page, home(), { phone: aNumber() })
      const number = await digitsOf(page)
      const led = context.waitForEvent("request", (request) => request.url().startsWith("https://pay.google.com/gp/v/save/"))
      await page.click(GOOGLE, { noWaitAfter: true })
      const link = (await led).url()
      assert.ok(!link.includes(number), "the number does not go through the browser")
      const object = google.opens(link)
      assert.equal(object.accountId, number)
      assert.match(shownBy(object.rotatingBarcode!, mila.now()), new RegExp(`^${number}\\d{10}$`))

      const back = await context.newPage() // the first one went to Google
      await back.goto(`${home()}/my/card`)
      assert.match((await back.textContent("#wallets")) ?? "", /Уже в Google Кошельке/)
      await back.click("main button[value=blocked]")
      await back.waitForSelector(".pass.blocked")
      assert.equal(await back.locator("#wallets").count(), 0, "a stopped card is put nowhere")
      await seen(() => google.opens(link).state === "INACTIVE")
    })
  },
)

test("after a quarter of an hour Google's button asks once more who it is, and comes back", { skip }, async () => {
  await withPage(DESK, async (page) => {
    await getCard(page, home(), { phone: aNumber() })
    await shop.letPass(20)
    await page.click(GOOGLE)
    await page.waitForURL(/\/my\/devices\?prove=/)
    assert.deepEqual(await stumbles(page), [])
    await page.click("button[value=ask-proof]")
    await page.waitForSelector("#code")
    await page.fill("#code", await lastCode(shop.url))
    await page.click("button[value=confirm]")
    await page.waitForURL(/\/my\/card/)
  })
})

async function seen(is: () => boolean): Promise<void> {
  for (let looked = 0; looked < 1_200 && !is(); looked += 1) {
    if (looked % 100 === 0) await aWhileLater() // again: the worker's own drain may hold what was left just now
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.ok(is(), "it did not come")
}
