import { createECDH, randomBytes } from "node:crypto"
import assert from "node:assert/strict"
import { test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { type BrowserContext, devices, type Page } from "playwright-core"
import { browserStage, PHONE, signInByCode, stumbles, until } from "./browser.ts"

// Notifications asked for by a touch, shown by the service worker; a new version offered; the hint to put the card on the home screen.

const { skip, withPage, shop } = browserStage()

// what Google's service would do for Chromium, which has no such service here: everything else is Chromium's own
function googlesPart(): string {
  const reader = createECDH("prime256v1")
  reader.generateKeys()
  const subscription = {
    endpoint: "https://fcm.googleapis.com/fcm/send/of-a-test",
    keys: { p256dh: reader.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") },
  }
  return `(() => {
    let kept = sessionStorage.getItem("subscribed") ? made() : null
    function made() { return { ...${JSON.stringify(subscription)}, toJSON: () => (${JSON.stringify(subscription)}), unsubscribe: async () => true } }
    window.asked = 0
    PushManager.prototype.getSubscription = async () => kept
    PushManager.prototype.subscribe = async (options) => {
      window.asked += 1
      if (!options.userVisibleOnly || options.applicationServerKey.length !== 87) throw new Error("asked in a wrong way")
      sessionStorage.setItem("subscribed", "1")
      return (kept = made())
    }
    const granted = () => sessionStorage.getItem("granted") ?? "default"
    Object.defineProperty(Notification, "permission", { get: granted })
    Notification.requestPermission = async () => { window.asked += 1; sessionStorage.setItem("granted", window.answers ?? "granted"); return granted() }
  })()`
}

const stateOf = (page: Page) => page.getAttribute("#push [role=status]", "data-state")
const isIn = (state: string) => `document.querySelector("#push [role=status]")?.dataset.state === "${state}"`

test("nothing is asked at load; a touch turns notifications on here, and they are turned off place by place", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.addInitScript(googlesPart())
    await signInByCode(page, shop.url, "+375 29 000-00-08")
    await page.goto(`${shop.url}/my/subscriptions`)
    await until(page, isIn("off"))
    assert.equal(await page.evaluate("window.asked"), 0)
    assert.deepEqual(await stumbles(page), [])
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await page.click("#push button.button")
    await page.waitForURL(/\?done/)
    await until(page, isIn("on"))
    assert.match((await page.textContent("#push .rows")) ?? "", /это устройство.*fcm\.googleapis\.com/)
    assert.deepEqual(await stumbles(page), [])
    await page.click("#push .rows button")
    await until(page, isIn("off"))
  })
})

test("who forbids notifications is told how to allow them; a browser that knows none says what comes instead", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.addInitScript(`${googlesPart()}; window.answers = "denied"`)
    await signInByCode(page, shop.url, "+375 29 000-00-09")
    await page.goto(`${shop.url}/my/subscriptions`)
    await until(page, isIn("off"))
    await page.click("#push button.button")
    await until(page, isIn("denied"))
    assert.match((await page.textContent("#push [role=status]")) ?? "", /настройках сайта/)
    await page.addInitScript("delete window.PushManager")
    await page.reload()
    await until(page, isIn("unsupported"))
    assert.equal(await page.locator("#push button.button").count(), 0)
  })
  const iPhone = { ...devices["iPhone 14"], locale: "ru-BY", timezoneId: "Europe/Minsk" }
  await withPage(iPhone, async (page) => {
    await page.addInitScript("delete window.PushManager")
    await shop.letPass(2)
    await signInByCode(page, shop.url, "+375 29 000-00-09")
    await page.goto(`${shop.url}/my`)
    await page.keyboard.press("Tab")
    await page.locator("[data-hint=install]", { hasText: "На экран „Домой“" }).getByText("Понятно").click() // no browser of theirs offers it
    await page.waitForSelector("[data-hint=install]", { state: "detached" })
    await page.goto(`${shop.url}/my/subscriptions`)
    await until(page, isIn("home_screen"))
    assert.match((await stateOf(page)) ?? "", /home_screen/)
  })
})

/** Brings a notification to the page's service worker, as Chromium does when its service did. */
async function bring(context: BrowserContext, page: Page, data: string): Promise<void> {
  const devtools = await context.newCDPSession(page)
  const registrations = new Promise<string>((found) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => first && found(first.registrationId))
  })
  await devtools.send("ServiceWorker.enable")
  await devtools.send("ServiceWorker.deliverPushMessage", { origin: shop.url, registrationId: await registrations, data })
}

/**
 * Brings it until it is shown. Asked while a notification is stored but not on the screen yet, Chromium takes it for one that was waved away, and forgets it:
 * so it is asked seldom, and what was lost is brought again.
 */
async function bringUntil(context: BrowserContext, page: Page, data: string, expression: string): Promise<void> {
  for (let tries = 0; tries < 8; tries += 1) {
    await bring(context, page, data)
    await wait(1_000 + 700 * tries)
    if (await page.evaluate<boolean>(expression)) return
  }
  throw new Error(`never shown: ${await page.evaluate<string>(`${SHOWN}.then(JSON.stringify)`)}`)
}

/** Touches a notification: what Chromium tells the worker then, for no screen is there to touch. */
async function click(context: BrowserContext, tag: string): Promise<void> {
  const [worker] = context.serviceWorkers()
  await worker!.evaluate(`registration.getNotifications({ tag: ${JSON.stringify(tag)} })
    .then(([notification]) => void dispatchEvent(new NotificationEvent("notificationclick", { notification })))`)
}

const SHOWN = `navigator.serviceWorker.ready.then((registration) => registration.getNotifications())
  .then((shown) => shown.map(({ title, body, lang, tag, data }) => ({ title, body, lang, tag, opens: data.opens })))`

test(
  "the service worker shows what comes, in its language, a newer one in place of the older, and a touch opens what it speaks of; what can't be read is shown as well",
  { skip },
  async () => {
    await withPage(PHONE, async (page, context) => {
      await context.grantPermissions(["notifications"], { origin: shop.url })
      await page.goto(`${shop.url}/`)
      await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
      const note = {
        title: "Хутка згараць бонусы",
        text: "Да 15.05 можна выкарыстаць бонусы: 200.",
        opens: "/be/my/bonuses",
        lang: "be",
        tag: "points_expiring",
      }
      await bring(context, page, JSON.stringify({ ...note, text: "старое" }))
      await bringUntil(
        context,
        page,
        JSON.stringify(note),
        `${SHOWN}.then((shown) => shown.length === 1 && shown[0].body.startsWith("Да"))`,
      )
      const { text: body, ...rest } = note
      assert.deepEqual(await page.evaluate(SHOWN), [{ ...rest, body }])
      await click(context, "points_expiring")
      await page.waitForURL(/\/be\/sign-in\?next=%2Fbe%2Fmy%2Fbonuses/) // the page it speaks of, once its reader is signed in
      const unreadable = `${SHOWN}.then((shown) => shown.some(({ title, opens }) => title === "Мила" && opens === "/my"))`
      await bringUntil(context, page, "{ not JSON", unreadable)
    })
  },
)

test("a new version waits until it is asked for: the page offers it, and comes back with it", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/`)
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    assert.equal(await page.locator(".toast").count(), 0)
    await page.evaluate("navigator.serviceWorker.register('/sw.js?newer').then(() => undefined)")
    await page.waitForSelector(".toast")
    assert.match((await page.textContent(".toast")) ?? "", /Доступна новая версия\.\s*Обновить/)
    const reloaded = page.waitForEvent("load")
    await page.click(".toast button")
    await reloaded
    await until(page, "navigator.serviceWorker.controller?.scriptURL.endsWith('?newer')")
  })
})

test("the hint to put the card on the home screen comes in the account alone, and once waved away it stays away", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const mayInstall = `window.dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }),
      { prompt: async () => undefined, userChoice: Promise.resolve({ outcome: "accepted" }) }))`
    await shop.letPass(2)
    await signInByCode(page, shop.url, "+375 29 000-00-08")
    await page.goto(`${shop.url}/shops`)
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await page.evaluate(mayInstall)
    assert.equal(await page.locator("[data-hint=install]").count(), 0)
    await page.goto(`${shop.url}/my`)
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await page.waitForLoadState("networkidle") // the browser says it once the page has come to life
    await page.evaluate(mayInstall)
    assert.equal(await page.locator("[data-hint=install]").count(), 0) // nothing stands in the way of a card nobody has touched yet
    await page.mouse.wheel(0, 40)
    await page.waitForSelector("[data-hint=install]")
    assert.deepEqual(await stumbles(page), [])
    await page.click("[data-hint=install] button:last-child")
    await page.waitForSelector("[data-hint=install]", { state: "detached" })
    await page.reload()
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await page.evaluate(mayInstall)
    await page.keyboard.press("Tab")
    assert.equal(await page.locator("[data-hint=install]").count(), 0)
  })
})
