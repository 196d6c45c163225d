import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, signInByCode, stumbles } from "./browser.ts"
import { MINE, OPEN } from "./page-lists.ts"
import { walkStates } from "./states.ts"

// Nobody stumbles: every page, every language, light and dark, on a phone and on a desk (WCAG 2.2 AA by axe).

const { skip, withPage, shop } = browserStage()

const LANGUAGES = [
  ["", "ru"],
  ["/be", "be"],
  ["/en", "en"],
] as const

for (const [nth, [prefix, language]] of LANGUAGES.entries()) {
  test(`no page makes a person stumble on a phone, nor is it wider than one: ${language}`, { skip }, async () => {
    await withPage(PHONE, (page) =>
      everyPage(page, `+375 29 000-00-0${nth + 1}`, async (path) => {
        const here = `${prefix}${path}`.replace(/^(\/\w\w)\/$/, "$1")
        assert.deepEqual(await stumblesAt(page, here), [], here)
        assert.equal(await page.getAttribute("html", "lang"), language)
        assert.ok((await tooWide(page)) <= 0, `${here} is too wide`)
      }),
    )
  })
}

test("nor on a desk in the dark", { skip }, async () => {
  await withPage({ ...DESK, colorScheme: "dark" }, (page) =>
    everyPage(page, "+375 29 000-00-09", async (path) => assert.deepEqual(await stumblesAt(page, path), [], path)),
  )
})

/** Comes to each page there is: what is open to anybody as a guest, the account signed in. */
async function everyPage(page: Page, phone: string, come: (path: string) => Promise<void>): Promise<void> {
  for (const path of OPEN) await come(path)
  await signInByCode(page, shop.url, phone)
  for (const path of MINE) await come(path)
}

test("nothing moves while a page comes, and a list of goods asks for little script", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await page.addInitScript(`
      window.moved = 0
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) window.moved += one.value })).observe({ type: "layout-shift", buffered: true })`)
    const scripts = new Map<string, Promise<number>>()
    page.on("response", (answer) => {
      if (/\.js$/.test(new URL(answer.url()).pathname)) scripts.set(answer.url(), answer.headerValue("content-length").then(Number))
    })
    for (const path of ["/catalog/makeup", "/", "/search?q=zzzz"]) {
      scripts.clear()
      await page.goto(`${shop.url}${path}`)
      await page.waitForLoadState("networkidle")
      const script = (await Promise.all(scripts.values())).reduce((sum, bytes) => sum + bytes, 0)
      assert.ok(script <= 125 * 1024, `${path}: ${script} bytes of packed script`)
      const moved = await page.evaluate<number>("window.moved")
      assert.ok(moved < 0.02, `${path} moved by ${moved}`)
    }
  })
})

for (const [nth, [prefix, screen]] of [
  ["", { ...PHONE, colorScheme: "light" }],
  ["/be", { ...DESK, colorScheme: "dark" }],
  ["/en", { ...PHONE, colorScheme: "dark" }],
].entries() as ArrayIterator<[number, [string, object]]>) {
  test(`nor does what opens, goes wrong or is still empty ${prefix}`, { skip }, async () => {
    await withPage(screen, async (page) => {
      const see = async (state: string) => {
        assert.deepEqual(await stumbles(page), [], state)
        assert.ok((await tooWide(page)) <= 0, `${state} is too wide`)
      }
      const people = { fresh: `+375 33 810-00-0${nth}`, known: `+375 29 000-00-2${nth}` }
      await walkStates(page, { url: shop.url, prefix, ...people, letPass: shop.letPass, see })
    })
  })
}

const tooWide = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

async function stumblesAt(page: Page, path: string): Promise<string[]> {
  await page.goto(`${shop.url}${path}`)
  return stumbles(page)
}
