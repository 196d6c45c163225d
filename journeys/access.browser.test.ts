import assert from "node:assert/strict"
import { test } from "node:test"
import { browserStage, DESK, lastCode, PHONE, SCREENS, signInByCode, stumbles } from "./browser.ts"
import { aNumber, getCard, proveNumber, signOut } from "./come-in.ts"

// Coming in by other ways than the straight one, and keeping what one comes in with: keys alone, recovery, a new phone, e-mail and password, devices.

const { skip, withPage, shop } = browserStage()

for (const [screen, options] of SCREENS) {
  test(`on a ${screen}, phone, e-mail and password are changed with a fresh proof, and both addresses hear of it`, { skip }, async () => {
    await withPage(options, async (page) => {
      const [before, next] = [aNumber(), aNumber()]
      await getCard(page, shop.url, { phone: before })
      await shop.letPass(62)
      await page.goto(`${shop.url}/my/devices`)
      await page.fill("#email", "yanina@example.by")
      await page.click("button[value=ask-email]")
      await page.waitForSelector("button[value=ask-proof]")
      await page.click("button[value=ask-proof]")
      await page.waitForSelector("#code")
      await page.fill("#code", await lastCode(shop.url))
      await page.click("button[value=confirm]")
      await page.waitForSelector("main .notice:has-text('Можно продолжать')")

      await page.fill("#email", "yanina@example.by")
      await page.click("button[value=ask-email]")
      await page.waitForSelector("#code")
      await page.fill("#code", "000000")
      await page.click("button[value=confirm]")
      await page.waitForSelector("#code-wrong")
      await page.fill("#code", await lastCode(shop.url))
      await page.click("button[value=confirm]")
      await page.waitForSelector("main .notice:has-text('Адрес изменён')")
      await page.waitForSelector("main:has-text('yanina@example.by')")

      await page.fill("#phone", next)
      await page.click("button[value=ask-phone]")
      await page.waitForSelector("#code")
      await page.fill("#code", await lastCode(shop.url))
      await page.click("button[value=confirm]")
      await page.waitForSelector("main .notice:has-text('Номер изменён')")
      await page.waitForSelector(`main:has-text("${next.slice(-2)}")`)
      const told = await (await fetch(`${shop.url}/demo/outbox`)).text()
      for (const phone of [before, next]) assert.ok(told.includes(phone.replace(/\D/g, "")), "both numbers are told")

      await page.fill("#password", "три кота на крыше")
      await page.click("button[value=password]")
      await page.waitForSelector("main .notice:has-text('Пароль сохранён')")
      await signOut(page, shop.url)
      await page.goto(`${shop.url}/sign-in`)
      await page.fill("#phone", next)
      await page.fill("#password", "три кота на крыше")
      await page.click("main button:not([name])")
      await page.waitForURL(/\/my$/)
    })
  })
}

test("keys alone: a card is got and one signs in without touching a mouse", { skip }, async () => {
  await withPage(DESK, async (page) => {
    const phone = aNumber()
    const type = async (field: string, text: string) => {
      await page.waitForSelector(field)
      for (let steps = 0; !(await page.evaluate<boolean>(`document.activeElement.matches("${field}")`)); steps += 1) {
        assert.ok(steps < 40, `${field} is reached by Tab`)
        await page.keyboard.press("Tab")
      }
      if (text === " " || text === "Enter") await page.keyboard.press(text === " " ? "Space" : "Enter")
      else await page.keyboard.type(text)
    }
    await page.goto(`${shop.url}/register`)
    await page.keyboard.press("Tab")
    assert.match(String(await page.evaluate("document.activeElement.className")), /skip/, "the first stop leads past the menus")
    await page.keyboard.press("Enter")
    await type("#phone", phone.slice(5))
    await page.keyboard.press("Enter")
    await page.waitForSelector("#code")
    await type("#code", await lastCode(shop.url))
    await type("#given", "Алесь")
    await type("#family", "Гарун")
    await type("#programme", " ")
    await type("#policy", " ")
    await type("button[value=details]", "Enter")
    await page.waitForURL(/\/my\/card/)
    await page.context().clearCookies()
    await shop.letPass(2)
    await page.goto(`${shop.url}/sign-in`)
    await type("#phone", phone.slice(5))
    await type("button[value=ask]", "Enter")
    await page.waitForSelector("#code")
    await type("#code", await lastCode(shop.url))
    await page.waitForURL(/\/my$/)
  })
})

test("a password is recovered by e-mail, with script and without; an unknown number is answered alike", { skip }, async () => {
  const phone = aNumber()
  const email = "kupala@example.by"
  await withPage(PHONE, async (page) => {
    await getCard(page, shop.url, { phone, email })
    await signOut(page, shop.url)
  })
  for (const javaScriptEnabled of [true, false]) {
    await shop.letPass(2)
    await withPage({ ...PHONE, javaScriptEnabled }, async (page) => {
      await page.goto(`${shop.url}/recover`)
      await page.fill("#phone", phone)
      await page.click("button[value=email]")
      await page.waitForSelector("#code")
      const outbox = await (await fetch(`${shop.url}/demo/outbox`)).text()
      const letter = outbox.slice(outbox.indexOf(email))
      await page.fill("#code", /class="message">[^]*?[^\d](\d{6})[^\d]/.exec(letter)?.[1] ?? "")
      if (!javaScriptEnabled) await page.click("main button.wide")
      await page.waitForSelector("#password")
      await page.fill("#password", `шесть гусей и ${javaScriptEnabled ? "утка" : "кот"}`)
      await page.click("main button.wide")
      await page.waitForURL(/\/my$/)
    })
  }
  await withPage(PHONE, async (page) => {
    await page.goto(`${shop.url}/recover`)
    await page.fill("#phone", aNumber())
    await page.click("button[value=email]")
    await page.waitForSelector("#code")
  })
})

test("a new device is told of; one of two devices is ended by name, all others at one touch", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const phone = aNumber()
    await getCard(page, shop.url, { phone })
    await shop.letPass(2)
    await withPage(DESK, async (desk) => {
      await signInByCode(desk, shop.url, phone)
      assert.match(await (await fetch(`${shop.url}/demo/outbox`)).text(), /новый вход/)
      await page.goto(`${shop.url}/my/devices`)
      assert.equal(await page.locator("input[name=session]").count(), 1)
      await page.click("button[value=end]")
      await page.waitForSelector("main .notice")
      await desk.goto(`${shop.url}/my`)
      await desk.waitForURL(/sign-in\?next=/)
      await shop.letPass(2)
      await signInByCode(desk, shop.url, phone)
      await page.goto(`${shop.url}/my/devices`)
      await page.click("button[value=end-others]")
      await page.waitForSelector("main .notice")
      await desk.goto(`${shop.url}/my/card`)
      await desk.waitForURL(/sign-in/)
    })
    await page.goto(`${shop.url}/my`)
    assert.match(page.url(), /\/my$/, "this one goes on")
  })
})

test("a lost number moves to a new one by what only its owner knows and a letter; the account can still say no", { skip }, async () => {
  await withPage(PHONE, async (page) => {
    const former = aNumber()
    await getCard(page, shop.url, { phone: former, email: "lost@example.by" })
    const last = ((await page.textContent(".digits")) ?? "").slice(-4)
    await shop.letPass(62)
    await withPage(DESK, async (desk) => {
      await desk.goto(`${shop.url}/recover/number`)
      await proveNumber(desk, shop.url, { phone: aNumber(), send: "button[value=send]" })
      await desk.waitForSelector("#email")
      await desk.fill("#phone", former)
      await desk.fill("#email", "lost@example.by")
      await desk.fill("#fact", last)
      assert.deepEqual(await stumbles(desk), [])
      await desk.click("button[value=ask]")
      await desk.waitForSelector("main .notice")
      const outbox = await (await fetch(`${shop.url}/demo/outbox`)).text()
      const [letter] = /\/recover\/letter\?t=[\w.-]+/.exec(outbox) ?? []
      await desk.goto(`${shop.url}${letter}`)
      assert.deepEqual(await stumbles(desk), [])
      await desk.click("button[value=yes]")
      await desk.waitForSelector("main .notice")
    })
    await page.goto(`${shop.url}/my/devices`)
    await page.click("button[value=stop-number]")
    await page.waitForSelector("main .notice")
  })
})
