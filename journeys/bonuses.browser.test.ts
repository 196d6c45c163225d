import { qrPath } from "@mila/kernel/qr"
import { readPaper } from "@mila/papers/testing"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, PHONE, SCREENS, signInByCode, stumbles, until } from "./browser.ts"
import { aNumber, getCard } from "./come-in.ts"
import { aSeller } from "./seller.ts"
import { atNoon } from "./staff-side.ts"

// Bonuses that explain themselves: every number with its reasons, zeros too; what comes and what ends; papers to take away; a receipt that was forgotten.

const { skip, withPage, shop } = browserStage()

const wordsOf = async (page: Page, where = "main"): Promise<string> => ((await page.textContent(where)) ?? "").replace(/\s+/g, " ")

for (const [screen, options] of SCREENS) {
  test(
    `on a ${screen}, a purchase opens to its things, rule, rate and rounding, and to its receipt; a zero says why`,
    { skip },
    async () => {
      const seller = await aSeller(await shop.mila())
      await withPage(options, async (page) => {
        await getCard(page, shop.url, { phone: aNumber() })
        const card = ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")
        const { uid, earned } = await seller.sells({ card, kopecks: 123_450, name: "Сыворотка с ретинолом" })
        const nothing = await seller.sells({ card, kopecks: 40, name: "Резинка для волос" })
        assert.ok(earned >= 1_234 && nothing.earned === 0)
        await page.goto(`${shop.url}/my`)
        assert.match(await wordsOf(page, "main .facts"), /Ожидают\d \d{3} бонус.*станут доступны \d+ [а-я]+/)
        await page.goto(`${shop.url}/my/bonuses`)
        assert.match(await wordsOf(page), /Станут доступны\d+ [а-я]+(?: \d{4} г\.)?\d \d{3} бонус/)
        const row = "main .rows > li:has-text('1 234,50')"
        assert.match(await wordsOf(page, row), /Покупка на 1 234,50 р\..*\+\d \d{3}/)
        await page.click(`${row} summary`)
        const why = await wordsOf(page, `${row} .why`)
        for (const said of [
          /Сыворотка с ретинолом/,
          /1 234,50 р\. × 1 %/,
          /после округления по чеку/,
          /Правило «.+», версия \d/,
          /можно потратить с/,
        ])
          assert.match(why, said)
        assert.deepEqual(await stumbles(page), [])
        await page.click(`${row} details a`)
        await page.waitForSelector(".slip")
        assert.match(await wordsOf(page), new RegExp(`УИ: ${uid}.*Сыворотка с ретинолом.*Итого1 234,50 р\\..*Начислено\\d \\d{3} бонус`))
        await page.goto(`${shop.url}/my/receipts`)
        await page.click("main .rows a:has-text('0,40')")
        await page.waitForSelector(".slip")
        assert.match(await wordsOf(page, ".slip"), /Резинка для волос.*не пришлось ничего.*Начислено0 бонусов/)
        await page.goto(`${shop.url}/my/bonuses?filter=minus`)
        assert.match(await wordsOf(page, "main .empty"), /пусто/)
      })
    },
  )
}

test("points that were awaited come on their day, and their last day stands in the calendar from then on", { skip }, async () => {
  const mila = await shop.mila()
  const seller = await aSeller(mila)
  await withPage(PHONE, async (page) => {
    await getCard(page, shop.url, { phone: aNumber() })
    const card = ((await page.textContent(".digits")) ?? "").replace(/\D/g, "")
    const { earned } = await seller.sells({ card, kopecks: 20_000 })
    await page.goto(`${shop.url}/my/bonuses`)
    assert.match(await wordsOf(page), new RegExp(`0бонусов можно потратить.*Станут доступны.*${earned} бонус`))
    await mila.moveClock(15)
    await mila.runJob("settleLots")
    await page.reload()
    const after = await wordsOf(page)
    assert.match(
      after,
      new RegExp(
        `${earned}бонус[а-я]* можно потратить.*Когда сгорят\\d+ [а-я]+(?: \\d{4} г\\.)?${earned} бонус.*Без напоминания ничего не сгорает`,
      ),
    )
    assert.doesNotMatch(after, /Станут доступны/)
    assert.doesNotMatch(await wordsOf(page, "main .rows"), /Срок возврата/)
    await page.goto(`${shop.url}/my/bonuses?filter=every`)
    assert.match(await wordsOf(page, "main .rows"), /Срок возврата закончился, бонусы стали доступны/)
  })
})

for (const [nth, [how, options]] of [
  ["on a phone", PHONE],
  ["on a desk", DESK],
  ["without script", { ...PHONE, javaScriptEnabled: false }],
].entries() as ArrayIterator<[number, [string, object]]>) {
  test(`${how}, the history is filtered, and the chart says its figures in a table`, { skip }, async () => {
    await withPage({ ...PHONE }, async (signedIn, context) => {
      await signInByCode(signedIn, shop.url, `+375 29 000-00-2${nth + 1}`)
      const cookies = await context.cookies()
      await withPage(options, async (page, own) => {
        await own.addCookies(cookies)
        await page.goto(`${shop.url}/my/bonuses`)
        const signs = async () => [await page.locator("main .rows .plus").count(), await page.locator("main .rows .minus").count()] as const
        const all = await signs()
        assert.ok(all[0] > 0 && all[1] > 0)
        await page.click(".filters a:has-text('Начисления')")
        await page.waitForSelector(".filters a[aria-current]:has-text('Начисления')")
        assert.equal((await signs())[0], all[0])
        assert.equal(await page.locator("main .rows > li:not(:has(.plus))").count(), 0)
        await page.click(".filters a:has-text('Списания')")
        await page.waitForSelector(".filters a[aria-current]:has-text('Списания')")
        assert.equal((await signs())[1], all[1])
        assert.equal(await page.locator("main .rows > li:not(:has(.minus))").count(), 0)
        assert.match(page.url(), /filter=minus/, "the address may be kept")
        await page.click(".chart ~ details summary")
        const drawn = (await page.locator(".chart .value").allTextContents()).map((text) => text.replace(/\D/g, ""))
        const said = (await page.locator(".figures td").allTextContents())
          .map((text) => text.replace(/\D/g, ""))
          .filter((text) => text !== "0")
        assert.deepEqual(said, drawn, "what is drawn is what is said")
        assert.equal(await page.locator(".figures tbody tr").count(), 6)
      })
    })
  })
}

test(
  "the statement is taken away as a paper and as a table: both say what the page says, in the language of the page",
  { skip },
  async () => {
    await withPage(DESK, async (page) => {
      await signInByCode(page, shop.url, "+375 29 000-00-24")
      for (const [prefix, title, separator, columns] of [
        ["", "Выписка по бонусам", ";", "Дата;Что произошло;Магазин;УИ чека;Бонусы;Остаток"],
        ["/be", "Выпіска па бонусах", ";", "Дата;Што адбылося;Крама;УІ чэка;Бонусы;Астатак"],
        ["/en", "Points statement", ",", "Date,What happened,Shop,Receipt UID,Points,Balance"],
      ] as const) {
        await page.goto(`${shop.url}${prefix}/my/bonuses`)
        const balance = Number(((await page.textContent(".balance")) ?? "").replace(/\D/g, ""))
        const csv = await downloaded(page, "a[href$='/statement']")
        assert.equal(csv.name, "mila-points.csv")
        const [head = "", ...rows] = csv.bytes.toString("utf8").trimEnd().split("\r\n")
        assert.equal(head, `\ufeff${columns}`, "a spreadsheet knows the letters by the mark in front")
        const figures = rows.map((row) => row.split(separator).slice(-2).map(Number))
        assert.ok(figures.length > 3 && figures.flat().every(Number.isInteger))
        figures
          .slice(1)
          .forEach(([moved, left], nth) => assert.equal(figures[nth]![1]! + moved!, left, "each row follows from the one before"))
        assert.equal(figures.at(-1)![1], balance, "and the last is what the page says")

        const pdf = await downloaded(page, "a[href*='as=pdf']")
        assert.equal(pdf.name, "mila-points.pdf")
        const paper = await readPaper(pdf.bytes)
        const text = paper.pages.join(" ")
        assert.ok(paper.title.includes(title) && text.includes(title), paper.title)
        const [shownPoints = ""] = /\d[\d\s]*/.exec((await page.textContent(".balance")) ?? "") ?? []
        assert.ok(text.includes(shownPoints.replace(/\s/g, " ").trim()))
        const uid = rows.map((row) => row.split(separator).at(-3)).find(Boolean)
        assert.ok(uid && text.includes(uid), `${uid} in ${text}`)
        const spent = rows
          .filter((row) => /^[^;,]*[;,](?:Покупка|Пакупка|Purchase)/.test(row))
          .reduce((sum, row) => sum + Number(row.split(separator).at(-2)), 0)
        assert.ok(spent < 0)
        const total = /(?:Списано|Спісана|Spent) −([\d ,]+?) (?:Сгорело|Згарэла|Expired)/.exec(text)?.[1]?.replace(/\D/g, "")
        assert.equal(Number(total), -spent, `what was spent is said to be spent: ${text.slice(0, 400)}`)
      }
    })
  },
)

async function downloaded(page: Page, press: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(press)])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

/** A picture of a receipt's QR code. */
async function squareOf(page: Page, text: string): Promise<Buffer> {
  const { size, path } = qrPath(text)
  const drawn = await page.evaluate(`(() => {
    const canvas = document.createElement("canvas"); canvas.width = canvas.height = ${size * 8}
    const paper = canvas.getContext("2d")
    paper.fillStyle = "#fff"; paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.scale(8, 8); paper.fillStyle = "#222"; paper.fill(new Path2D(${JSON.stringify(path)}))
    return canvas.toDataURL("image/png")
  })()`)
  return Buffer.from(String(drawn).split(",")[1]!, "base64")
}

test("a receipt shown without a card is waited for, found, given once, and disputed by a second person", { skip }, async () => {
  const mila = await shop.mila()
  await atNoon(mila) // the day on the receipt is the one the form offers
  const seller = await aSeller(mila)
  const { uid } = await seller.sells({ kopecks: 4_250 })
  const ask = async (page: Page, sum: string) => {
    await page.goto(`${shop.url}/my/receipts/missing`)
    await page.fill("[name=uid]", uid.toLowerCase())
    await page.fill("[name=day]", (await page.getAttribute("[name=day]", "max"))!)
    await page.fill("[name=sum]", sum)
    await page.click("main form .button")
  }
  await withPage(PHONE, async (page) => {
    await getCard(page, shop.url, { phone: aNumber() })
    await page.goto(`${shop.url}/my/receipts`)
    await page.click("main .lead a")
    await page.waitForURL(/receipts\/missing/)
    await page.setInputFiles("input[type=file]", { name: "receipt.png", mimeType: "image/png", buffer: await squareOf(page, uid) })
    await until(page, `document.querySelector("[name=uid]").value === ${JSON.stringify(uid)}`) // read off the square, not typed
    await ask(page, "42,51")
    await page.waitForSelector("main :text('ищем чек')")
    assert.equal(await page.inputValue("[name=uid]"), uid.toLowerCase(), "what was typed stays to be looked over")
    await ask(page, "42,50")
    await page.waitForSelector("main .notice:has-text('начислено')")
    assert.deepEqual(await stumbles(page), [])
    await ask(page, "42,50")
    await page.waitForSelector("main :text('уже есть в вашем кабинете')")
    await page.goto(`${shop.url}/my/receipts`)
    assert.match(await wordsOf(page, "main .rows"), /42,50/)
  })
  await withPage(DESK, async (page) => {
    await getCard(page, shop.url, { phone: aNumber() })
    await ask(page, "42,50")
    await page.click("button[value=dispute]")
    await page.waitForSelector("main :text('проверяет сотрудник')")
    assert.deepEqual(await stumbles(page), [])
  })
})
