import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { webDoor } from "./index.ts"

const door = webDoor({ demo: true })

test("the page speaks the language of its address and says so", async () => {
  for (const [path, locale, word] of [
    ["/", "ru", "Здесь работает"],
    ["/be", "be", "Тут працуе"],
    ["/en", "en", "Running here"],
  ] as const) {
    const page = await door.request(path)
    const text = await page.text()
    assert.equal(page.headers.get("content-language"), locale)
    assert.match(text, new RegExp(`<html lang="${locale}">`))
    assert.ok(text.includes(word))
  }
})

test("the page fetches nothing and its policy allows its own style alone", async () => {
  const page = await door.request("/")
  const text = await page.text()
  const style = /<style>([^]*?)<\/style>/.exec(text)![1]!
  const policy = page.headers.get("content-security-policy") ?? ""
  assert.match(policy, /^default-src 'none'/)
  assert.ok(policy.includes(`'sha256-${createHash("sha256").update(style).digest("base64")}'`))
  assert.doesNotMatch(text, /<script|(?:src|href)="https?:|style="/)
})

test("search engines are kept out of a demo chain", async () => {
  assert.match(await (await door.request("/robots.txt")).text(), /Disallow: \/\n/)
})
