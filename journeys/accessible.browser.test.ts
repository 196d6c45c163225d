import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, MINE, OPEN, PHONE, signInByCode, stumbles } from "./browser.ts"

// Nobody stumbles: every page, every language, light and dark, on a phone and on a desk (WCAG 2.2 AA by axe).

const { skip, withPage, shop } = browserStage()

test("no page makes a person stumble, in any language, on a phone and on a desk", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    for (const path of OPEN) await walk(page, path)
    await signInByCode(page, shop.url, "+375 29 000-00-09")
    for (const path of MINE) await walk(page, path)
    await page.setViewportSize(DESK.viewport)
    await page.emulateMedia({ colorScheme: "dark" })
    for (const path of MINE) assert.deepEqual(await stumblesAt(page, path), [], `${path} on a desk in the dark`)
  })
})

async function walk(page: Page, path: string): Promise<void> {
  for (const [prefix, language] of [
    ["", "ru"],
    ["/be", "be"],
    ["/en", "en"],
  ] as const) {
    const here = `${prefix}${path}`.replace(/^(\/\w\w)\/$/, "$1")
    assert.deepEqual(await stumblesAt(page, here), [], here)
    assert.equal(await page.getAttribute("html", "lang"), language)
    const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert.ok(overflow <= 0, `${here} is ${overflow} px too wide`)
  }
}

async function stumblesAt(page: Page, path: string): Promise<string[]> {
  await page.goto(`${shop.url}${path}`)
  return stumbles(page)
}
