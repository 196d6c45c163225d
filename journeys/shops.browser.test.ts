import assert from "node:assert/strict"
import { test } from "node:test"
import { browserStage, DESK, PHONE, stumbles, until } from "./browser.ts"
import { keptAs, painted } from "./in-page.ts"

// The shops: on a map of our own, in a list, by keys alone, by where one stands, without a network, without script.

const { skip, withPage, shop } = browserStage()
/** how many shops the marks of the map stand for */
const ON_THE_MAP = `Array.from(document.querySelectorAll(".map .marks, .map .mark"), (mark) => Number(mark.textContent || 1))
  .reduce((sum, count) => sum + count, 0)`

test("the map holds every shop in clusters, loads nothing from elsewhere, and its script is little", { skip }, async () => {
  await withPage(DESK, async (page) => {
    const elsewhere: string[] = []
    const scripts: Promise<number>[] = []
    page.on("request", (request) => {
      if (!request.url().startsWith(shop.url) && !request.url().startsWith("data:")) elsewhere.push(request.url())
    })
    page.on("response", (answer) => {
      if (/\.js$/.test(new URL(answer.url()).pathname)) scripts.push(answer.headerValue("content-length").then(Number))
    })
    await page.goto(`${shop.url}/shops`)
    await until(page, `${ON_THE_MAP} === 550`)
    await page.waitForLoadState("networkidle")
    const script = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0)
    assert.deepEqual(elsewhere, [])
    assert.ok(script > 50_000 && script <= 125 * 1024, `${script} bytes of packed script`)
    assert.deepEqual(await stumbles(page), [])
  })
})

test("the map is used by keys alone: in, along, a mark, its card, out", { skip }, async () => {
  await withPage(DESK, async (page) => {
    await page.goto(`${shop.url}/shops?q=${encodeURIComponent("Орша")}`)
    await page.waitForSelector(".map .mark, .map .marks")
    await page.focus(".map")
    const before = await page.evaluate<number>("document.querySelectorAll('.map .mark').length")
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("+")
    await until(page, `document.querySelectorAll('.map .mark').length !== ${before}`)
    await page.keyboard.press("-")
    await page.keyboard.press("-")
    await page.keyboard.press("ArrowUp")
    await painted(page) // a mark that has the focus and goes gives it back to the map
    await page.keyboard.press("Tab")
    const name = await page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert.match(String(name), /Орша|Магазинов рядом/)
    await page.locator(".map .mark").first().focus()
    await page.keyboard.press("Enter")
    await page.waitForSelector(".map-card")
    assert.match((await page.textContent(".map-card h2")) ?? "", /^Орша/)
    assert.equal(await page.locator(".map .mark[aria-pressed=true]").count(), 1)
    assert.deepEqual(await stumbles(page), [])
    await page.focus(".map")
    await page.keyboard.press("Escape")
    await page.waitForSelector(".map-card", { state: "detached" })
  })
})

test("a cluster comes apart when it is pressed, and fingers move the map", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/shops`)
    assert.equal(await page.locator(".map").count(), 0, "a phone has the list first, and loads no map")
    await page.click(".map-toggle")
    await page.waitForSelector(".map .marks")
    const counts = () => page.locator(".map .marks").allTextContents()
    const before = await counts()
    await page.locator(".map .marks.many").first().tap()
    await until(
      page,
      `JSON.stringify(Array.from(document.querySelectorAll('.map .marks'), (one) => one.textContent)) !== ${JSON.stringify(JSON.stringify(before))}`,
    )
    const at = async () => (await page.locator(".map .marks, .map .mark").first().boundingBox())!
    const { x } = await at()
    const box = (await page.locator(".map").boundingBox())!
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await painted(page)
    assert.ok(Math.abs((await at()).x - x) > 20)
  })
})

test("the nearest come first after a tap, and only then is the place asked for; it is told to nobody", { skip }, async () => {
  const place = { geolocation: { latitude: 54.5081, longitude: 30.4172 }, permissions: ["geolocation"] }
  await withPage({ ...PHONE, ...place }, async (page) => {
    const sent: string[] = []
    page.on("request", (request) => sent.push(request.url() + (request.postData() ?? "")))
    await page.goto(`${shop.url}/shops`)
    assert.match((await page.textContent(".shop-rows li >> nth=0")) ?? "", /^Барановичи/)
    await page.click("text=Рядом со мной")
    await page.waitForSelector(".shop-rows .num")
    assert.match((await page.textContent(".shop-rows li >> nth=0")) ?? "", /^Орша.*(?:\sм|\sкм)$/s)
    assert.ok(sent.every((request) => !/54\.5|30\.41/.test(request)))
  })
})

test("a shop becomes one's own and says its hours; its page works by keys and in three languages", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/shops/0042`)
    assert.match((await page.textContent("main")) ?? "", /Ремонт: обновляем зал/)
    await page.click("text=Это мой магазин")
    await page.waitForSelector("text=Больше не мой магазин")
    await page.goto(`${shop.url}/shops`)
    assert.match((await page.textContent(".shop-rows li >> nth=0")) ?? "", /мой магазин/)
    for (const [prefix, words] of [
      ["/be", "Гадзіны працы"],
      ["/en", "Opening hours"],
    ]) {
      await page.goto(`${shop.url}${prefix}/shops/0042`)
      assert.match((await page.textContent("main")) ?? "", new RegExp(words!))
      await page.waitForSelector(".map .mark")
    }
  })
})

test("without a network the list, the hours and the map are there; a town is found and open ones are shown", { skip }, async () => {
  await withPage(PHONE, async (page, context) => {
    await page.goto(`${shop.url}/shops`)
    await page.click(".map-toggle")
    await page.waitForSelector(".map .marks")
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await until(page, `${keptAs("points")}.then((points) => points !== undefined)`)
    await context.setOffline(true)
    await page.goto(`${shop.url}/shops?q=${encodeURIComponent("Орша")}`)
    await page.waitForSelector("#rows li")
    assert.match((await page.textContent("#offline")) ?? "", /Нет сети. Магазины и часы работы сохранены/)
    assert.ok((await page.locator("#rows li").allTextContents()).every((row) => row.startsWith("Орша")))
    assert.match((await page.textContent("#rows li >> nth=0")) ?? "", /Открыт|Закрыт/)
    await page.waitForSelector("#map .mark, #map .marks")
    assert.deepEqual(await stumbles(page), [])
    await page.fill("#q", "Брест")
    await page.press("#q", "Enter")
    await until(page, "document.querySelector('#rows li').textContent.startsWith('Брест')")
    await page.goto(`${shop.url}/be/shops/0042`)
    await page.waitForSelector("#rows li")
    await until(page, "document.querySelectorAll('#rows li').length === 1")
    assert.equal(await page.textContent("#title"), "Крамы")
    await page.goto(`${shop.url}/catalog`) // what is not kept says so, and shows what is
    await page.waitForSelector("#ways a")
    assert.equal(await page.textContent("#title"), "Нет сети")
    assert.deepEqual(await page.locator("#ways a").allTextContents(), ["Бонусная карта", "Узнать цену", "Магазины"])
    assert.deepEqual(await stumbles(page), [])
  })
})

test("without script there is a list that is searched and filtered, and no map", { skip }, async () => {
  await withPage({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${shop.url}/shops`)
    assert.equal(await page.locator(".map:visible").count(), 0)
    await page.click("summary")
    await page.check("input[value=parking]")
    await page.fill("#q", "Брест")
    await page.click(".shops-asked .finder button")
    await page.waitForURL(/[?&]q=/)
    const rows = await page.locator(".shop-rows li").allTextContents()
    assert.ok(rows.length > 0 && rows.every((row) => row.startsWith("Брест")))
    await page.click(".shop-rows a >> nth=0")
    assert.match((await page.textContent(".services")) ?? "", /Парковка/)
  })
})
