import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { browserStage, DESK, lastCode, PHONE, SCREENS, signInByCode, stumbles } from "./browser.ts"
import { aNumber, getCard } from "./come-in.ts"
import { memberWith } from "./staff-side.ts"

// Two accounts become one and may come apart; who leaves sees what goes and what stays, gives points away, thinks it over, and is forgotten.

const { skip, withPage, shop } = browserStage()

const textIn = async (page: Page, where: string) => ((await page.textContent(where)) ?? "").replace(/\s+/g, " ").trim()
const DAY = 24 * 60

/** Somebody with a card and so many points to spend. */
async function aHolder(page: Page, points: number): Promise<{ phone: string; memberId: number }> {
  const phone = aNumber()
  await getCard(page, shop.url, { phone })
  const mila = await shop.mila()
  const memberId = await memberWith(mila, phone)
  if (points > 0) await mila.givePoints(memberId, points)
  return { phone, memberId }
}

const askToLeave = async (page: Page, gift?: string) => {
  await page.goto(`${shop.url}/my/data/leave`)
  assert.deepEqual(await stumbles(page), [])
  if (gift !== undefined) await page.fill("#gift", gift)
  await page.check("[name=sure]")
  await page.click("button.danger")
  await page.waitForURL(/\/my\/data\?done=leaves/)
}

for (const [screen, options] of SCREENS)
  test(
    `on a ${screen}, who leaves sees what goes, what stays and why, and comes back within three days with everything`,
    { skip },
    async () => {
      await withPage(options, async (page) => {
        const { phone, memberId } = await aHolder(page, 300)
        await page.goto(`${shop.url}/my/data`)
        await page.click("a[href$='/my/data/leave']")
        await page.waitForSelector("button.danger")
        const says = await textIn(page, "main")
        assert.match(says, /Что исчезнет.*карты, согласия и 300 бонусов.*потратить бонусы до выхода/)
        assert.match(says, /Что останется и почему.*Чеки.*бухгалтерский учёт/)
        await page.click("main a[href$='/my/card']")
        await page.waitForSelector(".pass, .digits")
        await askToLeave(page)
        assert.match(await textIn(page, "main [role=status]"), /Вы выходите из программы: .* можно передумать/)
        const told = await (await fetch(`${shop.url}/demo/outbox`)).text()
        assert.ok(told.includes(phone.replace(/\D/g, "")) && /выход/i.test(told), "they hear of it, in case it was somebody else")
        assert.deepEqual(await stumbles(page), [])

        await shop.letPass(2 * DAY)
        await page.goto(`${shop.url}/my/card`)
        await page.waitForSelector(".digits")
        await page.goto(`${shop.url}/my/data`)
        await page.click("main [role=status] a, main .tinted a")
        await page.click("button[value=stay]")
        await page.waitForURL(/done=stays/)
        assert.match(await textIn(page, "main .notice"), /Вы остались/)
        await shop.letPass(2 * DAY)
        const mila = await shop.mila()
        for (const job of LEAVING) await mila.runJob(job)
        assert.equal((await mila.balance(memberId)).available, 300)
        await page.goto(`${shop.url}/my`)
        assert.match(page.url(), /\/my$/)
      })
    },
  )

test("points are given to a friend, the person is forgotten after three days, and may begin anew", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const { phone } = await aHolder(page, 250)
    const friend = await withFriend()
    await askToLeave(page, friend.phone)
    await shop.letPass(3 * DAY + 60)
    const mila = await shop.mila()
    for (const job of LEAVING) await mila.runJob(job)
    await page.goto(`${shop.url}/my`)
    await page.waitForURL(/sign-in/)
    assert.equal((await mila.balance(friend.memberId)).available, 250)
    assert.equal((await mila.ask("POST", "/members/search", { phone })).status, 404, "nobody is known by this number")
    await getCard(page, shop.url, { phone })
    await page.goto(`${shop.url}/my/bonuses`)
    assert.doesNotMatch(await textIn(page, "main"), /приветств/i, "nobody is welcomed twice")
  })
})

const LEAVING = ["endLeavers", "takeLeftJobs", "deliverMessages"]

async function withFriend(): Promise<{ phone: string; memberId: number }> {
  let friend: { phone: string; memberId: number } | undefined
  await withPage(DESK, async (page) => {
    friend = await aHolder(page, 0)
  })
  return friend!
}

for (const [screen, options] of SCREENS)
  test(
    `A27: on a ${screen}, a second account is joined by a code from its phone, after a look at what it will be, and comes apart again`,
    { skip },
    async () => {
      await withPage(options, async (page) => {
        let second: { phone: string; memberId: number } | undefined
        await withPage(PHONE, async (other) => {
          second = await aHolder(other, 120)
        })
        const own = await aHolder(page, 30)
        await shop.letPass(2)
        await page.goto(`${shop.url}/my/data`)
        await page.click("a[href$='/my/data/merge']")
        await page.waitForSelector("#phone")
        assert.deepEqual(await stumbles(page), [])
        await page.fill("#phone", second!.phone)
        await page.click("button[value=send]")
        await page.waitForSelector("#code")
        await page.fill("#code", "000000")
        await page.waitForSelector("#code-wrong")
        await page.fill("#code", await lastCode(shop.url))
        await page.waitForSelector("table.figures")
        assert.match(await textIn(page, "table.figures"), /Доступно\s*120\s*30\s*150/)
        assert.deepEqual(await stumbles(page), [])
        await page.check("[name=sure]")
        await page.click("button[value=merge]")
        await page.waitForSelector("main .notice:has-text('Счета объединены')")
        const mila = await shop.mila()
        assert.equal((await mila.balance(own.memberId)).available, 150)
        assert.match(await textIn(page, "main"), /Счета объединены.*можно отменить|Отменить можно/i)
        assert.deepEqual(await stumbles(page), [])

        await shop.letPass(13 * DAY)
        await page.goto(`${shop.url}/my/data/merge`)
        await page.click("a[href*='prove=']")
        await page.waitForSelector("button[value=ask-proof]")
        await page.click("button[value=ask-proof]")
        await page.waitForSelector("#code")
        await page.fill("#code", await lastCode(shop.url))
        await page.waitForSelector("button[value=undo], button[value=confirm]")
        if ((await page.locator("button[value=undo]").count()) === 0) await page.click("button[value=confirm]")
        await page.click("button[value=undo]")
        await page.waitForSelector("main .notice:has-text('Объединение отменено')")
        assert.deepEqual([(await mila.balance(own.memberId)).available, (await mila.balance(second!.memberId)).available], [30, 120])
        await withPage(PHONE, async (other) => {
          await signInByCode(other, shop.url, second!.phone)
          await other.goto(`${shop.url}/my/bonuses`)
          assert.match(await textIn(other, "main"), /120/)
        })
      })
    },
  )
