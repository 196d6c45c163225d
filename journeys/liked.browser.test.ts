import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import type { Mila, Till } from "./adapter.ts"
import { browserStage, DESK, PHONE, signInByCode, stumbles } from "./browser.ts"
import { unfold } from "./come-in.ts"
import { firstOf } from "./own-numbers.ts"

// What people like and what they say: favourites of a guest that come along at sign-in, lists that are shared, and reviews from a receipt to an appeal.

const { skip, withPage, shop } = browserStage({ prepare })
type Thing = { id: number; slug: string; name: string; sku: string }
let mila: Mila
let till: Till
let thing: Thing
let other: Thing
let receipts = firstOf(0, 800_000)

async function prepare(): Promise<void> {
  mila = await shop.mila()
  till = await mila.enrolTill(5)
  ;[thing, other] = (await shop.someThings(2)) as [Thing, Thing]
}

/** A member with a card; `buys` puts the thing into a receipt of theirs. */
async function aMember({ buys }: { buys: boolean }): Promise<string> {
  const phone = `+37529${7_100_000 + (receipts += 1)}`
  const card = await mila.issueCard(await mila.registerMember({ phone }))
  if (!buys) return phone
  const line = { no: 1, sku: thing.sku, quantityMilli: 1_000, priceMinor: 1_000, amountMinor: 1_000 }
  const sold = await mila.till(till, "/receipts", {
    ...{ shift: 1, number: receipts, soldAt: mila.now().toISOString(), identifier: { type: "card13", value: card.number } },
    ...{ lines: [line], tenders: [{ type: "card", amountMinor: 1_000 }], totalMinor: 1_000 },
  })
  assert.equal(sold.status, 201, sold.text)
  return phone
}

const press = (page: Page) => page.locator(".thing-top .heart").first().click()

/** The shop's answer to what is about to be sent. */
const kept = (page: Page) => page.waitForResponse((answer) => answer.request().method() === "POST")

/** Pressed with a script the heart is full before the shop knows. */
async function like(page: Page): Promise<void> {
  await Promise.all([kept(page), press(page)])
  await page.waitForSelector(".thing-top .heart[aria-pressed=true]")
}

test(
  "a guest's heart works without script, becomes a list with a name, is shared by a link, and the link can be closed",
  { skip },
  async () => {
    await withPage({ ...PHONE, javaScriptEnabled: false }, async (page, context) => {
      await page.goto(`${shop.url}/favorites`)
      assert.match((await page.textContent(".nothing"))!, /Здесь пока пусто/)
      await page.goto(`${shop.url}/p/${thing.slug}`)
      await press(page)
      await page.waitForSelector(".thing-top .heart[aria-pressed=true]")
      await page.goto(`${shop.url}/favorites`)
      assert.ok((await page.locator(".liked .what").allTextContents()).includes(thing.name))
      await unfold(page, "[id^=name-]")
      await page.fill(".liked [name=name]", "К празднику")
      await page.click("button[value=rename]")
      await page.waitForSelector(".liked h2:text-is('К празднику')")
      await page.click("button[value=share]")
      const link = (await page.getAttribute(".liked a[href*='/favorites/shared/']", "href"))!
      const friend = await context.browser()!.newContext(DESK)
      const theirs = await friend.newPage()
      await theirs.goto(link)
      assert.match((await theirs.textContent("h1"))!, /К празднику/)
      assert.ok((await theirs.locator(".what").allTextContents()).includes(thing.name))
      assert.equal(await theirs.locator("button[value=remove], button[value=drop]").count(), 0, "who was given a link changes nothing")
      await page.fill("#new-list", "Маме")
      await page.click("button[value=make]")
      await page.waitForSelector(".liked h2:text-is('Маме')")
      await page.click(`.liked-thing:has-text("${thing.name}") button[value=move]`)
      await page.waitForSelector(`.liked:has(h2:text-is('Маме')) .what:text-is("${thing.name}")`)
      await theirs.reload()
      assert.equal(await theirs.locator(".what").count(), 0, "what was moved is not on the list that is shared")
      await page.click(`.liked-thing:has-text("${thing.name}") button[value=move]`)
      await page.waitForSelector(`.liked:has(h2:text-is('К празднику')) .what:text-is("${thing.name}")`)
      await page.click("button[value=unshare]")
      await page.waitForSelector(".liked a[href*='/favorites/shared/']", { state: "detached" })
      await theirs.reload()
      assert.equal(await theirs.locator(".what").count(), 0)
      await friend.close()
    })
  },
)

test("a guest's favourites come along at sign-in, from every device; a price and a shop are watched", { skip }, async () => {
  const phone = await aMember({ buys: false })
  await withPage(DESK, async (page) => {
    await signInByCode(page, shop.url, phone)
    await page.goto(`${shop.url}/p/${other.slug}`)
    await like(page)
  })
  await shop.letPass(2) // a code is sent once a minute
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/shops/0001`)
    await page.click("text=Это мой магазин")
    await page.waitForSelector("text=Больше не мой магазин")
    await page.goto(`${shop.url}/p/${thing.slug}`)
    await page.route("**/favorites*", async (route) => {
      if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await press(page)
    await page.click(".thumb a[href$='/favorites']") // gone on before the shop has heard of the heart
    await page.waitForSelector(`.liked .what:text-is("${thing.name}")`)
    await page.unrouteAll()
    await signInByCode(page, shop.url, phone)
    await page.goto(`${shop.url}/favorites`)
    const names = await page.locator(".liked .what").allTextContents()
    assert.ok(names.includes(thing.name) && names.includes(other.name))
    const mine = page.locator(".liked-thing", { hasText: thing.name })
    assert.ok(await mine.locator("button[value=watch]").isHidden(), "with a script a tick is kept as it is made")
    await mine.getByLabel("когда подешевеет").check()
    await mine.getByText("Сохранено").waitFor()
    await page.reload()
    await mine.getByLabel("когда появится в моём магазине").check()
    await mine.getByText("Сохранено").waitFor()
    await page.reload()
    assert.ok(await mine.getByLabel("когда подешевеет").isChecked())
    assert.ok(await mine.getByLabel("когда появится в моём магазине").isChecked())
    await page.click("button[value=share]")
    await page.getByText("Скопировать ссылку").or(page.getByText("Отправить ссылку")).waitFor()
    assert.deepEqual(await stumbles(page), [])
    await mine.getByRole("button", { name: "Убрать", exact: true }).click()
    await mine.waitFor({ state: "detached" })
    for (const [prefix, title] of [
      ["/be", "Абранае"],
      ["/en", "Favourites"],
    ]) {
      await page.goto(`${shop.url}${prefix}/favorites`)
      assert.equal(await page.textContent("h1"), title)
    }
  })
})

test("a list's link is copied on a desk and sent by a phone; without script a wish to be told has its button", { skip }, async () => {
  const opened = async (page: Page) => {
    await page.goto(`${shop.url}/p/${thing.slug}`)
    await like(page)
    await page.goto(`${shop.url}/favorites`)
    await page.click("button[value=share]")
    return (await page.getAttribute(".liked a[href*='/favorites/shared/']", "href"))!
  }
  await withPage({ ...DESK, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const link = await opened(page)
    await page.click("text=Скопировать ссылку")
    await page.getByText("Скопировано").waitFor()
    assert.equal(await page.evaluate("navigator.clipboard.readText()"), link)
  })
  await withPage(PHONE, async (page) => {
    await page.addInitScript("navigator.share = (what) => { window.given = what; return Promise.resolve() }")
    const link = await opened(page)
    await page.click("text=Отправить ссылку")
    assert.deepEqual(await page.evaluate("window.given"), { title: "Список «Избранное»", url: link })
  })
  const phone = await aMember({ buys: false })
  await withPage(PHONE, async (page, context) => {
    await signInByCode(page, shop.url, phone)
    await page.goto(`${shop.url}/p/${thing.slug}`)
    await like(page)
    const plain = await context.browser()!.newContext({ ...PHONE, javaScriptEnabled: false, storageState: await context.storageState() })
    const bare = await plain.newPage()
    await bare.goto(`${shop.url}/favorites`)
    await bare.getByLabel("когда подешевеет").check()
    await Promise.all([kept(bare), bare.click("button[value=watch]")])
    await bare.goto(`${shop.url}/favorites`)
    assert.ok(await bare.getByLabel("когда подешевеет").isChecked())
    await plain.close()
  })
})

test(
  "who bought it writes with a photo; a moderator lets it be read; another finds it helpful, and the shop answers",
  { skip },
  async () => {
    const [buyer, reader] = [await aMember({ buys: true }), await aMember({ buys: false })]
    const said = `Лёгкая текстура, хватает надолго, упаковка удобная: проверила ${receipts}.`
    const page1 = `${shop.url}/p/${thing.slug}/reviews?sort=new`
    await withPage(PHONE, async (page) => {
      await page.goto(page1)
      await page.click("main .panel a") // a guest is led to the sign-in, and back
      await page.waitForURL(/sign-in\?next=/)
      await signInByCode(page, shop.url, buyer)
      await page.goto(page1)
      await page.locator("label[for=stars-4]").click()
      await page.fill("#text", said)
      const photo = Buffer.from(
        String(
          await page.evaluate(
            `(() => { const c = document.createElement("canvas"); c.width = 640; c.height = 480; return c.toDataURL("image/jpeg") })()`,
          ),
        ).split(",")[1]!,
        "base64",
      )
      await page.setInputFiles("#photos", { name: "mine.jpg", mimeType: "image/jpeg", buffer: photo })
      assert.deepEqual(await stumbles(page), [])
      await page.click("button[value=written]")
      await page.waitForSelector(".notice >> text=отправлен на проверку")
      assert.ok(!(await page.locator(".review .said").allTextContents()).includes(said), "nobody reads it before it was checked")
    })
    const [review] = (await shop.office("/reviews")).reviews.slice(-1)
    assert.equal(review.photos, 1)
    await mila.must("POST", `/reviews/${review.reviewId}/publish`, {})
    await mila.must("POST", `/reviews/${review.reviewId}/answer`, { text: "Спасибо, что рассказали!" })
    await withPage(DESK, async (page) => {
      await signInByCode(page, shop.url, reader)
      await page.goto(page1)
      assert.match((await page.textContent(".reviews"))!, /Отзыв пишут те, кто купил/)
      assert.equal(await page.locator("#text").count(), 0, "who has not bought it has no form")
      assert.match(
        (await page.textContent(`article.review:has-text("${said}")`))!,
        /покупка подтверждена чеком.*Лёгкая текстура.*Ответ «Милы».*Спасибо, что рассказали!/s,
      )
      assert.match((await page.getAttribute(".review .photos img", "src"))!, /\/photo\/0/)
      await page.locator(`article.review:has-text("${said}") button[value=voted]`).click()
      await page.waitForSelector(`article.review:has-text("${said}") button[value=voted][aria-pressed=true]`)
      assert.deepEqual(await stumbles(page), [])
    })
  },
)

test("a review that is refused says why; its writer appeals, and another moderator reads it again", { skip }, async () => {
  const buyer = await aMember({ buys: true })
  await withPage(PHONE, async (page) => {
    await signInByCode(page, shop.url, buyer)
    await page.goto(`${shop.url}/be/p/${thing.slug}/reviews`)
    await page.locator("label[for=stars-1]").click()
    await page.fill("#text", "Зусім не спадабалася, сушыць скуру.")
    await page.click("button[value=written]")
    await page.waitForSelector(".notice")
    const [{ reviewId }] = (await shop.office("/reviews")).reviews.slice(-1)
    await mila.must("POST", `/reviews/${reviewId}/refuse`, { reason: "not_about_product" })
    await page.goto(`${shop.url}/my/reviews`)
    assert.match((await page.textContent(".review"))!, /не опубликован: он не о товаре/)
    await page.fill("textarea", "Отзыв именно об этом товаре")
    await page.click("button[value=appealed]")
    await page.waitForSelector(".notice")
    assert.match((await page.textContent(".review"))!, /Вы попросили проверить ещё раз/)
    const waiting = (await shop.office("/reviews")).reviews
    assert.equal(waiting.find((one: { reviewId: number }) => one.reviewId === reviewId).appeal, "Отзыв именно об этом товаре")
    assert.deepEqual(await stumbles(page), [])
  })
})
