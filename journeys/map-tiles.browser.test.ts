import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, comes, DESK, PHONE, stumbles, until } from "./browser.ts"

// A chain with a source of map tiles of its own: they lie under the shops, credited; when the source is away our own map is still there.

const CREDIT = "© Карты «Пример»"
const { skip, withPage, shop } = browserStage({
  settings: () => ({ MILA_MAP_TILES: "https://tiles.example/{z}/{x}/{y}.png", MILA_MAP_CREDIT: CREDIT }),
})
/** one green point: a tile of one colour */
const GREEN = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==", "base64")

/** The source, answered in the place of the network: the browser asks it as it would ask a real one. */
async function tilesAt(page: Page, answers: boolean): Promise<string[]> {
  const asked: string[] = []
  await page.route("https://tiles.example/**", async (route) => {
    asked.push(new URL(route.request().url()).pathname)
    await (answers ? route.fulfill({ contentType: "image/png", body: GREEN }) : route.abort())
  })
  return asked
}

for (const [screen, options] of [
  ["phone", PHONE],
  ["desk", DESK],
] as const) {
  test(`the shops stand on the chain's own tiles, with their credit: ${screen}`, { skip }, async () => {
    await withPage(options, async (page) => {
      const asked = await tilesAt(page, true)
      await page.goto(`${shop.url}/shops/0001`)
      await page.waitForSelector(".map .mark")
      await until(page, "document.querySelector('.map-credit') !== null")
      assert.equal(await page.textContent(".map-credit"), CREDIT)
      await comes(() => asked.length > 0, "the source is asked for tiles")
      assert.ok(
        asked.every((path) => /^\/\d{1,2}\/\d+\/\d+\.png$/.test(path)),
        asked.join(" "),
      )
      // Minsk by Web Mercator: zoom z has 2^z tiles around the world, and 27.56° E is 0.5766 of the way
      const [, z = 0, x = 0] = asked[0]!.split("/").map(Number)
      assert.ok(Math.abs(x / 2 ** z - 0.5766) < 0.01, asked[0])
      assert.deepEqual(await stumbles(page), [])
    })
  })
}

test("when the source is away the shops stand on our own map, and no script breaks", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const asked = await tilesAt(page, false)
    await page.goto(`${shop.url}/shops/0001`)
    await page.waitForSelector(".map .mark")
    await comes(() => asked.length > 0, "the source is asked for tiles")
    assert.ok(await page.locator(".map canvas").isVisible())
  })
})

test("nobody's place or name goes to the source: no referrer, no cookie", { skip }, async () => {
  await withPage(DESK, async (page) => {
    const told: Record<string, string>[] = []
    await page.route("https://tiles.example/**", async (route) => {
      told.push(await route.request().allHeaders())
      await route.fulfill({ contentType: "image/png", body: GREEN })
    })
    await page.goto(`${shop.url}/shops`)
    await page.waitForSelector(".map .marks")
    await comes(() => told.length > 0, "the source is asked for tiles")
    for (const headers of told) assert.deepEqual([headers["referer"], headers["cookie"]], [undefined, undefined])
  })
})
