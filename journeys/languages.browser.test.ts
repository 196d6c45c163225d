import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, SCREENS, signInByCode, stumbles } from "./browser.ts"
import { aNumber, getCard, signOut } from "./come-in.ts"
import { aSeller } from "./seller.ts"

// The account in one's own language, from link to link, with its dates, plurals and money; and in large letters for whoever asks for them.

const { skip, withPage, shop } = browserStage()

const LANGUAGES = ["be", "en"] as const

/** Russian letters that neither Belarusian nor English has. */
const RUSSIAN_ONLY = /[ищъ]/iu

for (const language of LANGUAGES) {
  test(`from /${language}/my no link of the account leaves the language, and no page speaks Russian`, { skip }, async () => {
    await withPage(DESK, async (page) => {
      await getCard(page, shop.url, { phone: aNumber(), prefix: `/${language}` })
      await (
        await aSeller(await shop.mila())
      ).sells({ card: ((await page.textContent(".digits")) ?? "").replace(/\D/g, ""), kopecks: 5_000 })
      const [toSee, seen] = [[`/${language}/my`], new Set<string>()]
      for (let path = toSee.shift(); path !== undefined; path = toSee.shift()) {
        const kind = path.replace(/\?.*|\/receipts\/(?!missing)[^/]+$/g, "") // one receipt is like the others
        if (seen.has(kind)) continue
        seen.add(kind)
        await page.goto(`${shop.url}${path}`)
        assert.equal(await page.getAttribute("html", "lang"), language, path)
        for (const href of await hrefsIn(page)) {
          assert.ok(href.startsWith(`/${language}/`) || href === `/${language}`, `${path} leads to ${href}`)
          if (href.startsWith(`/${language}/my`) && !/statement|pkpass|export|\/copy/.test(href)) toSee.push(href)
        }
        assert.ok((await page.locator(`form[method=post]:not([action^="/${language}/"])`).count()) === 0, `${path} has a form that leaves`)
        const spoken = await page.evaluate<string>("document.querySelector('.tabs').innerText + ' ' + document.title")
        assert.doesNotMatch(spoken, RUSSIAN_ONLY, `${path}: ${spoken}`)
      }
      assert.ok(seen.size >= 10, `only ${[...seen].join(", ")}`)
    })
  })
}

test("dates, plurals and sums are right in three languages", { skip }, async () => {
  const seller = await aSeller(await shop.mila())
  await withPage(PHONE, async (page) => {
    await getCard(page, shop.url, { phone: aNumber() })
    const card = ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")
    await seller.sells({ card, kopecks: 123_450 })
    for (const [kopecks, points] of [
      [100, 1],
      [200, 2],
      [500, 5],
      [2_100, 21],
    ] as const)
      assert.equal((await seller.sells({ card, kopecks })).earned, points)
    for (const [prefix, sum, words, month] of [
      [
        "",
        "1 234,50 р.",
        ["1 бонус", "2 бонуса", "5 бонусов", "21 бонус"],
        /\d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)/,
      ],
      [
        "/be",
        "1 234,50 р.",
        ["1 бонус", "2 бонусы", "5 бонусаў", "21 бонус"],
        /\d{1,2} (?:студзеня|лютага|сакавіка|красавіка|мая|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня)/,
      ],
      [
        "/en",
        "BYN 1,234.50",
        ["1 point", "2 points", "5 points", "21 points"],
        /\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)/,
      ],
    ] as const) {
      await page.goto(`${shop.url}${prefix}/my/bonuses`)
      const said = ((await page.textContent("main")) ?? "").replace(/\s+/g, " ")
      assert.ok(said.includes(sum), `${sum} in ${said.slice(0, 900)}`)
      assert.match(said, month)
      for (const word of words) assert.match(said, new RegExp(`(?<!\\d)${word}(?![а-яёіўa-z])`, "i"), `${prefix} ${word}`)
    }
  })
})

for (const [screen, options] of SCREENS) {
  test(
    `on a ${screen}, the large view has three buttons and large letters, and stays over a reload and a new sign-in`,
    { skip },
    async () => {
      await withPage(options, async (page) => {
        const phone = aNumber()
        await getCard(page, shop.url, { phone })
        await page.goto(`${shop.url}/my`)
        const usual = await letters(page)
        await page.click("button[value=large]")
        await page.waitForSelector(".big-three")
        const isLarge = async () => {
          assert.equal(await page.locator(".big-three a").count(), 3)
          assert.ok((await letters(page)) >= usual * 1.25)
          for (const button of await page.locator(".big-three a").all()) assert.ok((await button.boundingBox())!.height >= 72)
        }
        await isLarge()
        assert.deepEqual(await stumbles(page), [])
        assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth")) <= 0)
        for (const [nth, path, shows] of [
          [0, "/my/card", ".digits"],
          [1, "/my/bonuses", ".balance"],
          [2, "/shops", "main h1"],
        ] as const) {
          await page.goto(`${shop.url}/my`)
          await page.click(`.big-three a >> nth=${nth}`)
          await page.waitForURL(`**${path}`)
          await page.waitForSelector(shows)
          assert.deepEqual(await stumbles(page), [], path)
        }
        await page.goto(`${shop.url}/my`)
        await page.reload()
        await isLarge()
        await signOut(page, shop.url)
        await shop.letPass(2)
        await signInByCode(page, shop.url, phone)
        await page.goto(`${shop.url}/my`)
        await isLarge()
        await page.click("button[value=usual]")
        await page.waitForSelector(".balance")
        assert.equal(await letters(page), usual)
      })
    },
  )
}

const letters = (page: Page): Promise<number> => page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

/** Where links of ours on a page lead, those that change the language aside. */
const hrefsIn = (page: Page): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll("a[href^='/']:not([hreflang]):not([href^='/docs'])")].map((one) => one.getAttribute("href"))`,
  )
