import assert from "node:assert/strict"
import { test } from "node:test"
import { beforeCamera } from "./camera.ts"
import { browserStage, ownPhone, PHONE, SCREENS, signInByCode, stumbles, until } from "./browser.ts"
import { keptAs } from "./in-page.ts"
import { aNumber, getCard } from "./come-in.ts"

// The card in the pocket: without a network, white from edge to edge, gone with the sign-out, and read back by a camera.

const { skip, withPage, shop } = browserStage()

// in the page's own words: how many things its database keeps, and what cookies a script sees
const WHAT_IS_LEFT = `new Promise((resolve) => {
  const asked = indexedDB.open("mila", 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore("pocket")
  asked.onsuccess = () => {
    const counted = asked.result.transaction("pocket").objectStore("pocket").count()
    counted.onsuccess = () => resolve({ kept: counted.result, cookies: document.cookie })
  }
})`

test("the card opens in aeroplane mode, in a browser started anew, with a session long over", { skip }, async () => {
  const phone = await ownPhone()
  try {
    const first = await phone.open()
    const page = await first.newPage()
    await signInByCode(page, shop.url, "+375 29 000-00-05")
    await page.goto(`${shop.url}/my/card`)
    await page.waitForSelector(".qr progress")
    const digits = await page.textContent(".digits")
    await until(page, "navigator.serviceWorker.controller?.state === 'activated'")
    await until(page, `${keptAs("card")}.then((card) => card !== undefined)`)
    await first.clearCookies()
    await first.close()

    const second = await phone.open()
    await second.setOffline(true)
    const cold = await second.newPage()
    await cold.goto(`${shop.url}/my/card`)
    await cold.waitForSelector("#pass:not([hidden])")
    await cold.waitForSelector("#qr path[d^=M]", { state: "attached" })
    assert.equal(await cold.textContent("#digits"), digits)
    assert.match((await cold.getAttribute("#qr path", "d")) ?? "", /^M\d/)
    assert.match((await cold.textContent("#balance")) ?? "", /бонус/)
    assert.match((await cold.textContent("#balance-at")) ?? "", /на \d+.[а-я]+, \d\d:\d\d/)
    assert.deepEqual(await stumbles(cold), [])
    await second.close()
  } finally {
    phone.drop()
  }
})

test("signing out takes the card's key, the caches and the pages with it", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    await signInByCode(page, shop.url, "+375 29 000-00-06")
    await page.goto(`${shop.url}/my/card`)
    await page.waitForSelector(".qr progress")
    await page.goto(`${shop.url}/my/devices`)
    await page.click("form[action$='sign-out'] button >> visible=true")
    await page.waitForURL(`${shop.url}/`)
    assert.deepEqual(await page.evaluate(WHAT_IS_LEFT), { kept: 0, cookies: "" })
    await page.goBack()
    await page.waitForURL(/sign-in/)
  })
})

for (const [screen, options] of SCREENS) {
  test(
    `on a ${screen}, the card fills the screen with white in the dark too, and the screen is asked to stay awake`,
    { skip },
    async () => {
      await withPage({ ...options, colorScheme: "dark" }, async (page) => {
        await page.addInitScript(`
        globalThis.asked = []
        Object.defineProperty(navigator, "wakeLock", { value: { request: async (kind) => { asked.push(kind); return { release: async () => asked.push("released") } } } })
      `)
        await getCard(page, shop.url, { phone: aNumber() })
        await page.waitForSelector(".qr progress")
        assert.deepEqual(await page.evaluate("asked"), ["screen"])
        await page.click(".pale")
        await page.waitForSelector("dialog.lit[open]")
        const { x, y, width, height } = (await page.locator("dialog.lit").boundingBox())!
        assert.deepEqual([x, y, width, height], [0, 0, options.viewport.width, options.viewport.height])
        assert.equal(await page.evaluate("getComputedStyle(document.querySelector('dialog.lit')).backgroundColor"), "rgb(255, 255, 255)")
        await until(page, "document.querySelectorAll('dialog.lit svg path').length === 2") // the barcode and the code that changes
        assert.equal(await page.locator("dialog.lit svg:visible").count(), 2)
        assert.deepEqual(await stumbles(page), [])
        await page.keyboard.press("Escape")
        await page.waitForSelector("dialog.lit", { state: "hidden" })
        await page.click(".tabs a >> nth=0")
        await page.waitForSelector(".balance")
        await until(page, "asked.join() === 'screen,released'")
      })
    },
  )
}

test("a barcode before the camera is read into the field, in the browser itself", { skip }, async () => {
  let barcode = { digits: "", path: "" }
  await withPage(PHONE, async (page) => {
    await signInByCode(page, shop.url, "+375 29 000-00-11")
    await page.goto(`${shop.url}/my/card`)
    const digits = ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")
    barcode = { digits, path: (await page.getAttribute(".pass .white svg path", "d")) ?? "" }
  })
  await beforeCamera(barcode.path, async (page) => {
    await signInByCode(page, shop.url, "+375 29 000-00-12")
    await page.goto(`${shop.url}/my/card`)
    await page.click(".fold:has(#number-attached) > summary")
    await page.click("form:has(#number-attached) button[type=button]")
    await page.waitForSelector(`#number-attached[value="${barcode.digits}"]`, { timeout: 60_000 })
    assert.equal(await page.inputValue("form:has(#number-attached) [name=scanned]"), "1")
  })
})
