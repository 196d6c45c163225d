import { rocketSmsStandIn } from "@mila/messages/stand-ins"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, test } from "node:test"
import type { Page } from "playwright-core"
import type { Mila } from "./adapter.ts"
import { browserStage, comes, DESK, PHONE, SCREENS, stumbles } from "./browser.ts"
import { aNumber, getCard, proveNumber, unfold } from "./come-in.ts"
import { atNoon, memberWith } from "./staff-side.ts"

// «Мои данные»: what one agreed to, word for word; who has it and who looked; what one asks by law; a copy to take away.

const ACCOUNT = { login: "190000000", password: "сакрэт" }
const sms = await rocketSmsStandIn(ACCOUNT)
const { skip, withPage, shop } = browserStage({
  settings: () => ({ MILA_ROCKETSMS_URL: sms.url, MILA_ROCKETSMS_LOGIN: ACCOUNT.login, MILA_ROCKETSMS_PASSWORD: ACCOUNT.password }),
})
after(() => sms.close())

const textIn = async (page: Page, where: string) => ((await page.textContent(where)) ?? "").replace(/\s+/g, " ").trim()
const row = (page: Page, says: string) => page.locator(".rows > li", { hasText: says })

test(
  "what was agreed to at the card's first day stands word for word, with its term and history; the contract is not withdrawn but left",
  { skip },
  async () => {
    await withPage(PHONE, async (page) => {
      await page.goto(`${shop.url}/register`)
      await proveNumber(page, shop.url, { phone: aNumber(), send: "button[value=phone]" })
      await page.waitForSelector("#given")
      const shown = new Map<string, string>()
      for (const purpose of ["programme", "ads_sms"]) shown.set(purpose, await textIn(page, `.consent:has(#${purpose}) dl`))
      await page.fill("#given", "Янина")
      await page.fill("#family", "Дубовик")
      for (const tick of ["#programme", "#policy", "#ads_sms"]) await page.check(tick)
      await page.click("button[value=details]")
      await page.waitForURL(/\/my\/card/)
      for (const [purpose, says] of shown) {
        await page.goto(`${shop.url}/my/data`)
        assert.deepEqual(await stumbles(page), [])
        await page.click(`a[href$='/consent/${purpose}']`)
        await page.waitForSelector("dl.eight")
        assert.equal(await textIn(page, "main dl"), says, purpose)
        assert.match(await textIn(page, "main"), /История.*дано · отметка · редакция 1/)
        assert.deepEqual(await stumbles(page), [])
      }
      assert.match(await textIn(page, ".tinted"), /дано .* действует до .* г\./, "advertising ends by itself")
      await page.goto(`${shop.url}/my/data/consent/programme`)
      assert.match(await textIn(page, ".tinted"), /пока вы участвуете в программе.*только выйдя из программы/)
      assert.equal(await page.locator(".tinted button").count(), 0)
    })
  },
)

for (const [screen, options] of SCREENS)
  test(`A55: on a ${screen}, one touch withdraws a consent, and no further offer comes`, { skip }, async () => {
    await withPage(options, async (page) => {
      const phone = aNumber()
      await getCard(page, shop.url, { phone })
      const mila = await shop.mila()
      const memberIds = [await memberWith(mila, phone)]
      const offers = () => sms.taken.filter(({ phone: to, text }) => phone.replace(/\D/g, "") === to && text.startsWith("Скидки")).length
      await page.goto(`${shop.url}/my/data`)
      await row(page, "SMS").locator("button[value=give]").click()
      await page.waitForSelector("main .notice")
      await atNoon(mila)
      await mila.must("POST", "/offers", { memberIds, text: "Скидки на кремы: −20 % до пятницы" })
      await mila.runJob("deliverMessages")
      await comes(() => offers() === 1, "an offer comes to whoever wants them")

      await page.goto(`${shop.url}/my/subscriptions/received`)
      assert.match(await row(page, "кремы").innerText(), /вы согласились на рекламу \(SMS\)/)
      assert.deepEqual(await stumbles(page), [])
      await page.goto(`${shop.url}/my/data/consent/ads_sms`)
      await page.click("button[value=withdraw]")
      await page.waitForSelector("main .notice")
      assert.match(await textIn(page, "main .notice"), /отозвано.*сразу/)
      const next = await mila.must("POST", "/offers", { memberIds, text: "Скидки на помады: −15 % до пятницы" })
      await mila.runJob("deliverMessages")
      assert.deepEqual([next.queued, offers()], [0, 1])
      await page.goto(`${shop.url}/my/data/consent/ads_sms`)
      assert.match(await textIn(page, "main"), /отозвано.*дано/, "the history has both")
    })
  })

test("who received one's data and who of the staff looked is told in words", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const phone = aNumber()
    await getCard(page, shop.url, { phone })
    const mila = await shop.mila()
    const memberId = await memberWith(mila, phone)
    await mila.must("POST", `/members/${memberId}/reveal`, { reason: "complaint" })
    for (const job of ["deliverMessages", "takeLeftJobs"]) await mila.runJob(job)
    await page.goto(`${shop.url}/my/data`)
    for (let looked = 0; looked < 60 && (await row(page, "RocketSMS").count()) === 0; looked += 1) await page.reload() // it is on its way
    const gateway = await row(page, "RocketSMS").first().innerText()
    assert.match(gateway, /телефон, текст сообщения · служебное сообщение/)
    assert.match(await row(page, "Открыты ваши имя").innerText(), /ваша жалоба[^]*сотрудник \d+/)
    assert.deepEqual(await stumbles(page), [])
  })
})

for (const [screen, options] of SCREENS)
  test(`on a ${screen}, a request under the law has its day, is not taken twice, and its answer is read here`, { skip }, async () => {
    await withPage(options, async (page) => {
      const phone = aNumber()
      const mila = await shop.mila()
      await atNoon(mila) // no day ends while it is asked
      await getCard(page, shop.url, { phone })
      const fifth = await aShortHoliday(mila)
      await page.goto(`${shop.url}/my/data`)
      const ask = async (kind: string, essence: string) => {
        await unfold(page, "#kind")
        await page.selectOption("#kind", kind)
        await page.fill("#essence", essence)
        await page.click("button[value=request]")
      }
      const said = (says: string) => page.locator("main .notice", { hasText: says }).waitFor()
      await ask("information", "Какие мои данные вы обрабатываете?")
      await said("Ответ готов")
      assert.match(await row(page, "Сведения об обработке").innerText(), /отвечено/, "what we hold is answered at once")
      await ask("information", "Какие мои данные вы обрабатываете и зачем?")
      await said("Ответим до")
      const promised = /Ответим до (.*)\./.exec(await textIn(page, "main .notice"))![1]!
      const [request] = (await mila.must("GET", `/legal-requests?memberId=${await memberWith(mila, phone)}`)).requests
      assert.equal(Number(promised.split(/\s/)[0]), Number(request.due.slice(8)), "the person and the clerk read the same day")
      assert.equal(request.due, fifth, "five working days from tomorrow on")
      assert.deepEqual(await stumbles(page), [])

      await ask("information", "Ещё раз")
      await page.waitForSelector("main [role=alert]")
      assert.match(await textIn(page, "main [role=alert]"), /уже рассматривается/)

      await mila.must("POST", `/legal-requests/${request.requestId}/take`, {})
      await page.goto(`${shop.url}/my/data`)
      assert.match(await row(page, "Сведения об обработке").first().innerText(), /взято в работу/)
      await mila.must("POST", `/legal-requests/${request.requestId}/answer`, { answer: "Имя и телефон: для программы лояльности." })
      await mila.runJob("deliverMessages")
      await comes(
        () => sms.taken.some(({ phone: to, text }) => to === phone.replace(/\D/g, "") && /заявлени|обращени/i.test(text)),
        "they are told",
      )
      await page.goto(`${shop.url}/my/data`)
      assert.match(await row(page, "Сведения об обработке").first().innerText(), /отвечено[^]*Имя и телефон: для программы лояльности/)

      await ask("deletion", "Удалите всё")
      await page.click("main .notice button[value=request]") // leaving is one touch away, and the application beneath it
      await said("Ответим до")
      const { requests } = await mila.must("GET", `/legal-requests?memberId=${await memberWith(mila, phone)}`)
      await mila.must("POST", `/legal-requests/${requests[0].requestId}/refuse`, {
        ...{ ground: "kept_by_law", answer: "Чеки храним пять лет: этого требует учёт." },
      })
      await page.goto(`${shop.url}/my/data`)
      assert.match(await row(page, "Удалить данные").innerText(), /отказано: данные обязывает хранить закон[^]*Чеки храним[^]*cpd\.by/)
      assert.deepEqual(await stumbles(page), [])
    })
  })

/** A calendar in which the three days to come are free and all after them are worked, whatever day it is. Answers the fifth working day. */
async function aShortHoliday(mila: Mila): Promise<string> {
  const dayAfter = (days: number) => new Date(mila.now().getTime() + (3 + days * 24) * 3_600_000).toISOString().slice(0, 10)
  const days = Array.from({ length: 12 }, (_, nth) => ({ day: dayAfter(nth + 1), isWork: nth >= 3 }))
  await mila.must("PUT", "/moved-days", { days })
  return dayAfter(8)
}

for (const [screen, options] of SCREENS)
  test(`A56: on a ${screen}, a copy is taken by links that work once; handed on they open nothing`, { skip }, async () => {
    await withPage(options, async (page) => {
      await getCard(page, shop.url, { phone: aNumber() })
      await page.goto(`${shop.url}/my/data`)
      await page.click("a[href$='/my/data/copy']")
      await page.waitForSelector("h1:has-text('Копия')")
      assert.deepEqual(await stumbles(page), [])
      await page.click("main form button")
      await page.waitForSelector("a[href*='/my/data/copy/']")
      assert.deepEqual(await stumbles(page), [])
      const links = await page.locator("a[href*='/my/data/copy/']").evaluateAll((all: any[]) => all.map(({ href }) => href as string))
      const [pdf] = await Promise.all([page.waitForEvent("download"), page.click("a:has-text('PDF')")])
      assert.equal(pdf.suggestedFilename(), "mila-my-data.pdf")
      assert.match(readFileSync(await pdf.path()).toString("latin1"), /^%PDF-1\.7/)
      await page.waitForSelector("text=PDF скачан")
      assert.deepEqual(await stumbles(page), [])

      await withPage(DESK, async (other) => {
        await getCard(other, shop.url, { phone: aNumber() })
        await other.goto(links[1]!)
        assert.match(await textIn(other, "main .notice"), /открывается один раз/)
      })
      const [json] = await Promise.all([page.waitForEvent("download"), page.click("a:has-text('JSON')")])
      assert.equal(JSON.parse(readFileSync(await json.path(), "utf8")).person.name.family, "Дубовик")
      await page.goto(links[0]!)
      assert.match(await textIn(page, "main .notice"), /открывается один раз/)
      await page.click("main form button")
      await page.waitForSelector("a[href*='/my/data/copy/']")
    })
  })
