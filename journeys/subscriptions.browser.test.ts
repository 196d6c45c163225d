import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, SCREENS, stumbles } from "./browser.ts"
import { aNumber, getCard } from "./come-in.ts"
import { atNoon, memberWith } from "./staff-side.ts"

// «Подписки»: what is written about and by which way, a quiet of one's own, the link in a letter, the word STOP.

const TOKEN = "incoming-sms-of-a-gateway-0123456789"
const { skip, withPage, shop } = browserStage({ settings: () => ({ MILA_SMS_INCOMING_TOKEN: TOKEN }) })

const of = (channel: string) => `.matrix form:has(input[value=ads_${channel}])`
const state = async (page: Page, channel: string) => ((await page.textContent(`${of(channel)} small`)) ?? "").trim()

/** Turned on or off by its own button; the page says that it is kept. */
async function turn(page: Page, channel: string, to: "on" | "off"): Promise<void> {
  await page.click(`${of(channel)} button[value=${to}]`)
  await page.waitForSelector(`${of(channel)} button[value=${to === "on" ? "off" : "on"}]`)
}

for (const [screen, options] of SCREENS)
  test(`on a ${screen}, each way is turned on and off by itself, and a quiet of one's own is kept`, { skip }, async () => {
    await withPage(options, async (page) => {
      await getCard(page, shop.url, { phone: aNumber(), email: "yanina@mila.example" })
      await page.goto(`${shop.url}/my/subscriptions`)
      assert.deepEqual([await state(page, "sms"), await state(page, "email")], ["Не получаю", "Не получаю"], "nobody is subscribed unasked")
      assert.deepEqual(await stumbles(page), [])
      await turn(page, "sms", "on")
      assert.deepEqual([await state(page, "sms"), await state(page, "email")], ["Получаю", "Не получаю"])
      assert.match((await page.textContent("main .notice")) ?? "", /Сохранено|Готово/)
      await turn(page, "sms", "off")
      await page.selectOption("#wish-from", "18")
      await page.selectOption("#wish-until", "11")
      await page.selectOption("#wish-most", "1")
      const kept = page.waitForResponse((answer) => answer.request().method() === "POST")
      await page.click("button[value=wishes]")
      await kept
      await page.goto(`${shop.url}/my/subscriptions`)
      const wishes = await Promise.all(["from", "until", "most"].map((name) => page.inputValue(`#wish-${name}`)))
      assert.deepEqual(wishes, ["18", "11", "1"])
    })
  })

test("without script the same is done by plain forms", { skip }, async () => {
  await withPage(PHONE, async (script, context) => {
    await getCard(script, shop.url, { phone: aNumber() })
    const storageState = await context.storageState()
    await withPage({ ...PHONE, javaScriptEnabled: false, storageState }, async (page) => {
      await page.goto(`${shop.url}/my/subscriptions`)
      await turn(page, "sms", "on")
      assert.equal(await state(page, "sms"), "Получаю")
    })
  })
})

test(
  "A57: the link in a letter says what it ends and names nobody; looking changes nothing, its button ends it, also where nobody is signed in",
  { skip },
  async () => {
    await withPage(PHONE, async (page) => {
      const phone = aNumber()
      await getCard(page, shop.url, { phone, email: "yanina.2@mila.example" })
      await page.goto(`${shop.url}/my/subscriptions`)
      await turn(page, "email", "on")
      const mila = await shop.mila()
      const memberId = await memberWith(mila, phone)
      await atNoon(mila)
      await mila.must("POST", "/offers", { memberIds: [memberId], text: "Скидки на кремы: −20 % до пятницы" })
      const { messages } = await mila.must("GET", `/outbox?memberId=${memberId}`)
      const letter = (messages as { template: string; params: { unsubscribe?: string } }[]).find(({ template }) => template === "offer")
      const { search } = new URL(letter!.params.unsubscribe!)

      await withPage(DESK, async (elsewhere) => {
        await elsewhere.goto(`${shop.url}/unsubscribe${search}`)
        const says = (await elsewhere.textContent("main")) ?? ""
        assert.match(says, /Почта|почт/i)
        assert.doesNotMatch(says, /yanina|Янина|\+375/)
        assert.deepEqual(await stumbles(elsewhere), [])
        await page.reload()
        assert.equal(await state(page, "email"), "Получаю")
        await elsewhere.click("main form button")
        await elsewhere.waitForSelector("main .notice")
        await elsewhere.goto(`${shop.url}/unsubscribe?t=guessed`)
        assert.equal(await elsewhere.locator("main form").count(), 0)
      })
      await page.reload()
      assert.equal(await state(page, "email"), "Не получаю")
      await page.goto(`${shop.url}/my/subscriptions/received`)
      const received = (await page.textContent("main")) ?? ""
      assert.match(received, /Письмо · [^·]+ · реклама/)
      assert.doesNotMatch(received, /новый вход/, "where somebody joined is no new place")
    })
  },
)

test("STOP in an SMS ends its advertising, and the page says so", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const phone = aNumber()
    await getCard(page, shop.url, { phone })
    await page.goto(`${shop.url}/my/subscriptions`)
    await turn(page, "sms", "on")
    const form = new URLSearchParams({ from: phone.replace(/\D/g, ""), text: "Стоп" })
    assert.equal((await fetch(`${shop.url}/sms/incoming/${TOKEN}`, { method: "POST", body: form })).status, 204)
    await page.reload()
    assert.equal(await state(page, "sms"), "Не получаю")
  })
})
