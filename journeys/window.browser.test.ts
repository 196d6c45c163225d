import assert from "node:assert/strict"
import { test } from "node:test"
import { browserStage, comes, PHONE, stumbles, until } from "./browser.ts"
import { beforeCamera } from "./camera.ts"
import { barsOf } from "./film.ts"
import type { Route } from "playwright-core"

// With a phone in the hand: which shops have the thing, when they are shut, a heart on the way through a list, a thing in three languages, a light in a dark aisle.

const { skip, withPage, shop } = browserStage()
const ROUBLES = /\d+,\d\d\sр\./

test(
  "the shops that have a thing are asked for by its barcode, in the list and on the map, and the address says it",
  { skip },
  async () => {
    const { ean, name } = await shop.aThing()
    await withPage(PHONE, async (page) => {
      await page.goto(`${shop.url}/shops?stock=${ean}`)
      assert.ok(((await page.textContent("main")) ?? "").includes(name))
      const rows = page.locator(".shop-rows li")
      assert.ok((await rows.allTextContents()).every((row) => /осталось мало|есть|много/.test(row)))
      const count = Number.parseInt((await page.textContent(".shops-list .found"))!.replace(/\D/g, ""), 10)
      assert.ok(count > 0 && count < 550, `${count} of 550 shops have it`)
      assert.deepEqual(await stumbles(page), [])
      await page.click(".map-toggle")
      const onTheMap = `Array.from(document.querySelectorAll(".map .marks, .map .mark"), (mark) => Number(mark.textContent || 1))
        .reduce((sum, one) => sum + one, 0)`
      await until(page, `${onTheMap} === ${count}`)
      await page.fill("#q", "Минск")
      await page.press("#q", "Enter")
      await page.waitForURL(/q=/)
      assert.equal(new URL(page.url()).searchParams.get("stock"), ean, "another question keeps the thing")
    })
  },
)

test("a shop that is shut for a while says so and why, and one that counts its shelves names the day and the hours", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/shops/0042`)
    assert.match((await page.textContent(".shut-says")) ?? "", /Закрыт/)
    assert.match((await page.textContent(".special-days")) ?? "", /закрыто ·\sРемонт: обновляем зал/)
    assert.deepEqual(await stumbles(page), [])
    await page.goto(`${shop.url}/shops/0007`)
    assert.match((await page.textContent(".special-days")) ?? "", /14:00–21:00 ·\sПереучёт/)
    for (const [prefix, why] of [
      ["/be", "Рамонт: абнаўляем залу"],
      ["/en", "Repairs: the shop is being renewed"],
    ] as const) {
      await page.goto(`${shop.url}${prefix}/shops/0042`)
      assert.ok((await page.textContent(".special-days"))?.includes(why))
    }
  })
})

test("a heart on a tile fills at once and the list stays; what was liked stands among favourites, and goes again", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/catalog/makeup?sort=cheap`)
    await page.waitForLoadState("networkidle")
    const tile = page.locator(".goods .tiles li").nth(1)
    const name = (await tile.locator(".what").textContent())!
    const heart = tile.locator(".tile-heart button")
    assert.equal(await heart.getAttribute("aria-label"), `В избранное: ${name}`)
    const box = (await heart.boundingBox())!
    assert.ok(box.width >= 24 && box.height >= 24, "a thumb hits it")
    const kept = page.waitForResponse((answer) => answer.request().method() === "POST")
    await heart.tap()
    await kept
    await until(page, "document.querySelectorAll('.tile-heart [aria-pressed=true]').length === 1")
    assert.match(page.url(), /\/catalog\/makeup\?sort=cheap$/)
    assert.deepEqual(await stumbles(page), [])
    await page.click(".thumb a[href$='/favorites']")
    await page.waitForSelector(".liked .what")
    assert.deepEqual(await page.locator(".liked .what").allTextContents(), [name])
    assert.deepEqual(await stumbles(page), [])
    await page.goBack()
    await page.waitForSelector(".tile-heart [aria-pressed=true]")
    await page.locator(".tile-heart [aria-pressed=true]").tap()
    await until(page, "document.querySelectorAll('.tile-heart [aria-pressed=true]').length === 0")
  })
})

test(
  "a thing's page speaks three languages: its name, where it is, what is in it, and one warns of one's own allergen",
  { skip },
  async () => {
    const { slug, ingredient } = await shop.aComposedThing()
    await withPage(PHONE, async (page) => {
      const names = new Set<string>()
      for (const [prefix, words] of [
        ["", ["Наличие в магазинах", "Состав", "Характеристики", "по карте"]],
        ["/be", ["Наяўнасць у крамах", "Склад", "Характарыстыкі", "па картцы"]],
        ["/en", ["Availability in shops", "Ingredients", "with a card"]],
      ] as const) {
        await page.goto(`${shop.url}${prefix}/p/${slug}`)
        const text = (await page.textContent("main"))!
        for (const word of words) assert.ok(text.includes(word), `${prefix} ${word}`)
        names.add((await page.textContent("h1"))!)
        assert.equal(await page.getAttribute("html", "lang"), prefix.slice(1) || "ru")
        assert.deepEqual(await stumbles(page), [])
      }
      assert.equal(names.size, 3, "three names of one thing")
      await page.goto(`${shop.url}/p/${slug}`)
      await page.waitForLoadState("networkidle")
      await page.click("summary:has-text('Мои аллергены')")
      await page.getByLabel("Ингредиент", { exact: true }).fill(ingredient)
      await page.click("button:has-text('Добавить')")
      await page.waitForSelector(`text=Внимание: в составе есть ${ingredient}`)
      assert.deepEqual(await stumbles(page), [])
    })
  },
)

test(
  "where the phone has a light it is offered beside the camera, shines and goes out, and the barcode is read all the same",
  { skip },
  async () => {
    const { ean } = await shop.aThing()
    await beforeCamera(barsOf(ean), async (page) => {
      // the camera of a film has no light of its own: it is lent one, and what is asked of it is written down; the barcode waits until then
      await page.addInitScript(`(() => {
      window.shone = []
      const usual = MediaStreamTrack.prototype.getCapabilities
      MediaStreamTrack.prototype.getCapabilities = function () { return { ...usual.call(this), torch: true } }
      MediaStreamTrack.prototype.applyConstraints = async function ({ advanced }) { window.shone.push(advanced[0].torch) }
      const play = HTMLMediaElement.prototype.play
      HTMLMediaElement.prototype.play = async function () { while (window.shone.length < 2) await new Promise((wake) => setTimeout(wake, 20)); return play.call(this) }
    })()`)
      await page.goto(`${shop.url}/price-check?shop=0001`)
      await page.click("text=Сканировать")
      const light = page.locator(".scanner button")
      await light.waitFor()
      assert.equal(await light.getAttribute("aria-pressed"), "false")
      await light.tap()
      await page.waitForSelector(".scanner button[aria-pressed=true]")
      assert.deepEqual(await stumbles(page), [])
      await light.tap()
      await page.waitForSelector(".priced .asked b", { timeout: 60_000 })
      assert.match((await page.textContent(".priced .asked b")) ?? "", ROUBLES)
      assert.deepEqual(await page.evaluate("window.shone"), [true, false])
    })
  },
)

test("whoever presses a link is led to its page when a part of it has another name since", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/catalog`)
    const gone = /\/assets\/.*\.js$/
    await page.route(gone, (route) => route.fulfill({ status: 404, body: "" }))
    const whole = page.waitForNavigation({ waitUntil: "load" })
    await page.click(".thumb a[href='/favorites']")
    await whole
    assert.equal(new URL(page.url()).pathname, "/favorites")
    assert.equal(await page.textContent("h1"), "Избранное")
  })
})

test(
  "where the network is gone a form keeps what was written and says so, and a link leads to what the phone keeps",
  { skip },
  async () => {
    await withPage(PHONE, async (page, context) => {
      await page.goto(`${shop.url}/sign-in`)
      await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
      await page.fill("#phone", "+375 29 111-22-33")
      await context.setOffline(true)
      await page.click("button[value=ask]")
      await page.waitForSelector("text=Нет сети, ничего не отправлено")
      assert.equal(await page.inputValue("#phone"), "+375 29 111-22-33", "what was written stays")
      assert.deepEqual(await stumbles(page), [])
      await page.click(".thumb a[href='/catalog']")
      await page.waitForSelector("#ways") // the small page that opens without a network
      assert.equal(new URL(page.url()).pathname, "/catalog")
      await context.setOffline(false)
    })
  },
)

test("a page whose script did not come is opened anew when the line is back, and comes to life", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    let failed = 0
    await page.route(/\/assets\/entry.*\.js$/, (route) =>
      (failed += 1) === 1 ? route.fulfill({ status: 404, body: "" }) : route.continue(),
    )
    await page.goto(`${shop.url}/catalog`, { waitUntil: "commit" })
    await comes(() => failed > 1, "it was asked for again")
    await until(page, "'alive' in document.documentElement.dataset")
  })
})

test("a page whose script did not come is not opened anew under whoever is on the way to another", { skip }, async () => {
  await withPage({ ...PHONE, serviceWorkers: "block" }, async (page) => {
    const probes: Route[] = [] // it asks now and then whether the line is back
    await page.route(/\/assets\/.*\.js$/, (route) => {
      if (route.request().resourceType() === "fetch") probes.push(route)
      else void route.fulfill({ status: 404, body: "" })
    })
    await page.route(/\/favorites$/, async (route) => {
      const asked = probes.length
      await Promise.all(probes.map((probe) => probe.fulfill({ status: 200, body: "" })))
      await comes(() => probes.length > asked, "it stays, and asks again")
      await route.continue()
    })
    await page.evaluate(`location.href = "${shop.url}/catalog"`)
    await comes(() => probes.length > 0, "it asks whether the line is back")
    await page.click(".thumb a[href='/favorites']")
    await page.waitForURL(/\/favorites$/)
    assert.equal(await page.textContent("h1"), "Избранное")
  })
})

test("before a holiday a shop says how it works then", { skip }, async () => {
  const mila = await shop.mila()
  const newYear = Date.UTC(mila.now().getUTCFullYear() + 1, 0, 1)
  const daysLeft = (newYear - mila.now().getTime()) / 86_400_000
  if (daysLeft > 7) await mila.moveClock(daysLeft - 7) // never back: so it is the last of this file
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/shops/0007`)
    assert.match((await page.textContent(".special-days")) ?? "", /января.*Новый\sгод/)
  })
})
