import { putCategories, putGroups, putPromotion } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { shows } from "./shows-testing.ts"
import { aWeb, type Web } from "./testing.ts"

let web: Web
const named = (ru: string) => ({ ru, be: ru, en: ru })

before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    const categories = [
      ["face", "Уход за лицом"],
      ["face/masks", "Маски"],
      ["hair", "Волосы"],
    ] as const
    await putCategories(
      tx,
      categories.map(([path, name]) => ({ path, name: named(name) })),
    )
    const thing = (name: string, composition: string | null) => aGroup({ name: named(name), category: "face", composition })
    await putGroups(
      tx,
      [thing("Крем «Лён»", "Aqua, Parfum (Fragrance)"), thing("Мыло «Мята»", "Sodium Palmate, Linalool"), thing("Скраб", null)],
      { at },
    )
  })
  await shows(web, "/catalog/face", ["3 товара"])
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

async function page(path: string): Promise<string> {
  const answer = await web.visitor().get(path)
  assert.equal(answer.status, 200, path)
  return (await answer.text()).replaceAll("\u00a0", " ")
}

test("ingredients are left out by any part of their names, several of them; the form keeps them, and a word that is in nothing is told, not promised", async () => {
  for (const word of ["Parfum", "parf", "отдушка", "Parfum (Fragrance)"]) {
    const shown = await page(`/catalog/face?without=${encodeURIComponent(word)}`)
    assert.ok(shown.includes(`Без ингредиента: ${word}`) && shown.includes("Мыло «Мята»") && !shown.includes("Крем «Лён»"), word)
    assert.ok(shown.includes("Товаров, состав которых мы не знаем, здесь нет."), word)
  }
  const shown = await page(`/catalog/face?without=${encodeURIComponent("парабены, абракадабра")}&without=Linalool`)
  for (const word of ["парабены", "абракадабра", "Linalool"])
    assert.ok(shown.includes(`type="hidden" name="without" value="${word}"`), word)
  assert.ok(
    shown.includes("«абракадабра» — нет ни в одном составе") && shown.includes("Слова «абракадабра» нет ни в одном известном нам составе"),
  )
  assert.ok(!shown.includes("Без ингредиента: абракадабра"))
})

test("during a promotion the history ends at the price that is asked, and says whether it is really lower than in the thirty days before", async () => {
  const now = web.clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const oil = aGroup({ name: named("Масло «Чабор»"), variants: [aVariant({ sku: "oil-1" })] })
  const sale = {
    code: "oil-week",
    name: named("Неделя масел"),
    terms: named("Условия"),
    look: "rose",
    startsAt: daysAgo(2),
    endsAt: daysAgo(-2),
  }
  const prices = [{ sku: "oil-1", priceMinor: minor(1_300), cardMinor: minor(1_250) }]
  await inTransaction(web.own.db, (tx) => putGroups(tx, [oil], { at: daysAgo(40) }))
  await inTransaction(web.own.db, (tx) => putPromotion(tx, { ...sale, prices }, { at: now }))
  const shown = await page("/p/maslo-chabor")
  assert.ok(shown.includes("По карте: от 12,50 р. до 17,90 р."))
  assert.ok(shown.includes("Правда дешевле: за 30 дней до этого по карте было не ниже 17,90 р."))
  assert.match(shown, /<td>12,50 р\.<\/td><\/tr><\/tbody>/)
})

test("sections nothing lies in are named neither at the front, nor in the catalogue, nor to search engines", async () => {
  for (const path of ["/", "/catalog", "/catalog/face", "/sitemap-pages.xml"]) {
    const shown = await page(path)
    assert.ok(path === "/catalog/face" || shown.includes("/catalog/face"), path)
    assert.doesNotMatch(shown, /\/catalog\/(?:hair|face\/masks)/, path)
  }
})
