import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, stumbles, until } from "./browser.ts"

// Goods are chosen and looked for: by filters with script and without, by words as they are typed, by what is not found; and one thing is looked at closely.

const { skip, withPage, shop } = browserStage()

/** How many the list says it holds. */
const total = async (page: Page): Promise<number> =>
  Number.parseInt((await page.textContent(".found [role=status]"))!.replace(/\D/g, ""), 10)
const brandsShown = async (page: Page): Promise<string[]> => [...new Set(await page.locator(".goods .tiles .maker").allTextContents())]
/** A brand's box among the facets, and how many goods it promises. */
const box = (page: Page, brand: string) => page.locator(`.choice:has(input[name=brand][value="${brand}"])`)
const promised = async (page: Page, brand: string): Promise<number> => Number(await box(page, brand).locator("small").textContent())
const firstBrands = (page: Page): Promise<string[]> =>
  page.locator("input[name=brand]").evaluateAll((boxes) => boxes.slice(0, 2).map((one) => (one as unknown as { value: string }).value))
/** whether the prices on the page go up: a list that is asked for again is there a moment after its address */
const ASCENDING = `(() => {
  const prices = [...document.querySelectorAll(".goods .tiles .price b")].map(({ textContent }) => Number(textContent.replace(/[^\\d,]/g, "").replace(",", ".")))
  return prices.length > 1 && prices.every((price, place) => place === 0 || prices[place - 1] <= price)
})()`

const SAID = `document.querySelector(".found [role=status]")?.textContent.replace(/\\D/g, "")`
/** Waits until the list says that it holds so many, or another number. */
const holds = (page: Page, count: number) => until(page, `${SAID} === "${count}"`)
const holdsOther = (page: Page, count: number) => until(page, `${SAID} !== "${count}"`)
const queryOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams

test(
  "without script a form filters: several brands, a price, an ingredient left out; the address says it all, and each is taken back",
  { skip },
  async () => {
    await withPage({ ...PHONE, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${shop.url}/catalog/makeup`)
      await page.click(".sieve > summary")
      const [one, other] = (await firstBrands(page)) as [string, string]
      const both = (await promised(page, one)) + (await promised(page, other))
      await box(page, one).locator("input").check()
      await box(page, other).locator("input").check()
      await page.click(".apply .button")
      await page.waitForURL(({ searchParams }) => searchParams.getAll("brand").join() === `${one},${other}`)
      assert.equal(await total(page), both)
      assert.ok((await brandsShown(page)).every((brand) => [one, other].includes(brand)))
      await page.click(".sieve > summary")
      await page.fill("[name=price_to]", "15,00")
      await page.fill("[name=without]", "Parfum")
      await page.click(".apply .button")
      await page.waitForURL(({ searchParams: asked }) => asked.get("price_to") === "15,00" && asked.get("without") === "Parfum")
      assert.ok((await total(page)) < both)
      await page.click(`.chosen a:has-text("${one}")`)
      await page.waitForURL(({ searchParams }) => searchParams.getAll("brand").join() === other)
    })
  },
)

test(
  "with script one touch filters; counts of the other brands stand; back, reload and a passed-on address show the same",
  { skip },
  async () => {
    await withPage(DESK, async (page, context) => {
      await page.goto(`${shop.url}/catalog/makeup`)
      const all = await total(page)
      const [one, other] = (await firstBrands(page)) as [string, string]
      const [ofOne, ofOther] = [await promised(page, one), await promised(page, other)]
      await box(page, one).click()
      await holds(page, ofOne)
      assert.equal(await promised(page, other), ofOther, "a second brand promises what it would add")
      await box(page, other).click()
      await holds(page, ofOne + ofOther)
      assert.deepEqual(queryOf(page).getAll("brand"), [one, other])
      assert.deepEqual(await stumbles(page), [])
      const passedOn = await context.newPage()
      await passedOn.goto(page.url())
      assert.equal(await total(passedOn), ofOne + ofOther)
      await passedOn.close()
      await page.goBack()
      await holds(page, ofOne)
      assert.equal(await box(page, other).locator("input").isChecked(), false)
      await page.goBack()
      await holds(page, all)
      await page.selectOption("[name=sort]", "cheap")
      await page.waitForURL(/sort=cheap/)
      await until(page, ASCENDING)
    })
  },
)

test("a price is moved by keys, an ingredient is left out, and one's own shop narrows to what it has", { skip }, async () => {
  await withPage(DESK, async (page) => {
    await page.goto(`${shop.url}/shops/0001`)
    await page.click("text=Это мой магазин")
    await page.waitForSelector("text=Больше не мой магазин")
    await page.goto(`${shop.url}/catalog/face`)
    const all = await total(page)
    await page.waitForLoadState("networkidle")
    await page.locator(".handles input").last().focus()
    await page.keyboard.press("PageDown")
    await page.waitForURL(/price_to=\d+/)
    await holdsOther(page, all)
    const cheaper = await total(page)
    assert.ok(cheaper > 0 && cheaper < all)
    await page.fill("[name=without]", "Parfum")
    await page.click(".apply .button")
    await page.waitForSelector(".chosen >> text=Без ингредиента: Parfum")
    const without = await total(page)
    assert.ok(without <= cheaper)
    await page.click(".at-shop")
    await page.waitForURL(/shop=0001/)
    await page.waitForSelector(".sorting input[name=shop]", { state: "attached" }) // it comes with the goods of the shop
    assert.ok((await total(page)) <= without)
    await page.click(".goods .tiles a >> nth=0")
    await page.waitForSelector(".stock .mark >> text=мой магазин")
    assert.ok(!(await page.locator(".inci b").allTextContents()).some((name) => /parfum/i.test(name)))
  })
})

test(
  "on a phone the filters are a sheet over the goods, closed by Esc; the ways on lie under the thumb, in three languages",
  { skip },
  async () => {
    await withPage(PHONE, async (page) => {
      for (const [prefix, filters, favourites] of [
        ["", "Фильтры", "Избранное"],
        ["/be", "Фільтры", "Абранае"],
        ["/en", "Filters", "Favourites"],
      ] as const) {
        await page.goto(`${shop.url}${prefix}/catalog/makeup`)
        await page.waitForLoadState("networkidle")
        await page.click(`.sieve > summary:has-text("${filters}")`)
        const apply = (await page.locator(".apply .button").boundingBox())!
        assert.ok(apply.y + apply.height <= PHONE.viewport.height, "the button that shows is within reach")
        assert.deepEqual(await stumbles(page), [])
        await page.focus("[name=without]")
        await page.keyboard.press("Escape")
        await until(page, `!document.querySelector(".sieve").open`)
        await page.click(`.thumb >> text=${favourites}`)
        await page.waitForSelector(".thumb a[href$='/favorites'][aria-current=page]")
      }
    })
  },
)

test("offers appear as one types: arrows name them to whoever listens, Enter goes there, Esc lets them be", { skip }, async () => {
  await withPage(DESK, async (page) => {
    await page.goto(`${shop.url}/`)
    await page.waitForLoadState("networkidle")
    const field = page.getByRole("combobox", { name: "Искать товары" })
    await field.pressSequentially("помад")
    await page.getByRole("listbox", { name: "Подсказки" }).waitFor()
    assert.equal(await field.getAttribute("aria-expanded"), "true")
    assert.deepEqual(await stumbles(page), [])
    await field.press("ArrowDown")
    const named = await field.getAttribute("aria-activedescendant")
    assert.equal(await page.locator(`#${named}`).getAttribute("aria-selected"), "true")
    await field.press("Escape")
    assert.equal(await field.getAttribute("aria-expanded"), "false")
    await field.pressSequentially("а")
    await page.waitForSelector("#offers[aria-busy=false]:not([hidden])") // those of before are gone
    await field.press("ArrowUp") // the last of them is a thing
    const last = await page.getByRole("option").last().textContent()
    await field.press("Enter")
    await page.waitForURL(/\/p\//)
    await page.waitForSelector(".thing h1")
    assert.ok(last!.startsWith((await page.textContent("h1"))!.slice(0, 8)))
    assert.equal(await field.inputValue(), "")
    await page.goto(`${shop.url}/en/`)
    await page.getByRole("combobox", { name: "Search for products" }).pressSequentially("nivea")
    await page.getByRole("option", { name: /brand/ }).click()
    await page.waitForURL(/brand=NIVEA/)
  })
})

test("the wrong layout and slips of fingers are understood and said; without script the field is a form", { skip }, async () => {
  await withPage({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${shop.url}/`)
    for (const [typed, meant] of [
      ["gjvflf", "помада"],
      ["шампуьн", "шампунь"],
    ]) {
      await page.fill("#find", typed!)
      await page.press("#find", "Enter")
      await page.waitForSelector(`.found >> text=Показываем по запросу «${meant}»`)
      assert.ok((await total(page)) > 0)
      const stem = new RegExp(meant!.slice(0, 5), "i")
      assert.match((await page.textContent(".goods .tiles .what >> nth=0")) ?? "", stem)
    }
  })
})

test("whoever finds nothing reads why, sees what is nearest, and clears the filters by a touch", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    for (const [prefix, words, nearest] of [
      ["", "Ничего не нашли", "Посмотрите популярное"],
      ["/be", "Нічога не знайшлі", "Паглядзіце папулярнае"],
      ["/en", "Nothing found", "Take a look at what’s popular"],
    ] as const) {
      await page.goto(`${shop.url}${prefix}/search?q=zzzzqqq`)
      assert.equal(await page.textContent(".nothing h2"), words)
      assert.equal(await page.textContent(".nearest h2"), nearest)
      assert.ok((await page.locator(".nearest .tile").count()) > 0)
    }
    await page.goto(`${shop.url}/search?q=${encodeURIComponent("крем")}&price_from=9999`)
    assert.match((await page.textContent(".nothing p"))!, /Без фильтров — \d+\sтовар/)
    assert.deepEqual(await stumbles(page), [])
    await page.click(".nothing .button")
    await page.waitForSelector(".goods > section > .tiles .tile")
    assert.equal(queryOf(page).get("q"), "крем")
  })
})

test(
  "a thing is looked at closely: its variants, where it is, what it was; what must not be touched is kept on this device alone",
  { skip },
  async () => {
    await withPage(PHONE, async (page) => {
      const sent: string[] = []
      page.on("request", (request) => sent.push(decodeURIComponent(request.url()) + (request.postData() ?? "")))
      const { slug, ingredient } = await shop.aComposedThing()
      await page.goto(`${shop.url}/p/${slug}`)
      await page.waitForLoadState("networkidle")
      const before = await page.textContent(".codes")
      await page.click(".variants li:nth-child(2) a")
      await page.waitForURL(/sku=/)
      await until(page, `document.querySelector(".codes").textContent !== ${JSON.stringify(before)}`)
      assert.match((await page.textContent(".asked b"))!, /^(?:\d{1,3}\s)*\d{1,3},\d\d\sр\.$/)
      assert.match((await page.textContent(".stock"))!, /Есть в \d+\sмагазин|нет ни в одном магазине/)
      await page.click(".alarm summary")
      await page.fill(".alarm input", ingredient)
      await page.click(".alarm .button")
      await page.waitForSelector(`.thing [role=alert]:has-text("${ingredient}")`)
      assert.deepEqual(await stumbles(page), [])
      await page.reload()
      await page.waitForSelector(`.thing [role=alert]:has-text("${ingredient}")`)
      assert.ok(!sent.some((request) => request.toLowerCase().includes(ingredient.toLowerCase())), "the list stays on the device")
      const name = (await page.textContent("h1"))!
      for (const prefix of ["/be", "/en"]) {
        await page.goto(`${shop.url}${prefix}/p/${slug}`)
        assert.equal(await page.locator("h1").count(), 1)
      }
      await page.goto(`${shop.url}/`) // and it is found again where one began
      const viewed = page.locator(".home-shelf", { hasText: "Вы смотрели" })
      assert.ok((await viewed.locator(".what").allTextContents()).includes(name))
      await page.setViewportSize(DESK.viewport)
      await page.goto(`${shop.url}/p/${slug}`)
      assert.deepEqual(await stumbles(page), [])
    })
  },
)
