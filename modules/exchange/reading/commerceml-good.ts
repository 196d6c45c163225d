import type { Collector } from "./collect.ts"
import type { GoodFact } from "./facts.ts"
import { milliOf } from "./number-rules.ts"
import { child, childrenOf, type Element, textOf } from "./xml.ts"

const NOTHING: Element = { name: "", line: 0, attributes: {}, text: "", children: [] }

/** «Товар»; undefined, and faults, when it has no id or no name. */
export function goodOf(to: Collector, element: Element): GoodFact | undefined {
  const id = to.id(element.line, "Товар/Ид", textOf(element, "Ид"))?.split("#", 1)[0]
  if (!id) return undefined
  const requisites = requisitesOf(element)
  const name = textOf(element, "Наименование") ?? requisites["Полное наименование"]
  if (name === undefined) return (to.fault(element.line, "Товар/Наименование", "name_missing", { thing: id }), undefined)
  const maker = child(element, "Изготовитель") ?? NOTHING
  const values = childrenOf(child(element, "ЗначенияСвойств") ?? NOTHING, "ЗначенияСвойства").flatMap((value) => {
    const property = textOf(value, "Ид")
    const said = [...childrenOf(value, "Значение"), ...childrenOf(value, "ИдЗначения")].flatMap(({ text }) => text.trim() || [])
    return property === undefined || said.length === 0 ? [] : [[property, said] as const]
  })
  const makerAddress = textOf(child(maker, "ЮридическийАдрес") ?? NOTHING, "Представление")
  const parts = childrenOf(child(element, "Комплектующие") ?? NOTHING, "Комплектующее").flatMap((part) => {
    const named = textOf(part, "Ид")
    const pieces = Math.trunc((milliOf(textOf(part, "Количество") ?? "1") ?? 0) / 1_000)
    return named !== undefined && pieces > 0 ? [{ id: named, pieces }] : []
  })
  return {
    ...{ kind: "good", id, name, requisites, properties: Object.fromEntries(values) },
    ...(makerAddress === undefined ? {} : { makerAddress }),
    ...(parts.length === 0 ? {} : { parts }),
    article: textOf(element, "Артикул") ?? null,
    eans: childrenOf(element, "Штрихкод").flatMap(({ text }) => text.trim() || []),
    category: textOf(child(element, "Группы") ?? NOTHING, "Ид") ?? null,
    description: textOf(element, "Описание") ?? null,
    brand: textOf(child(element, "ТорговаяМарка") ?? NOTHING, "Наименование") ?? textOf(element, "ТорговаяМарка") ?? null,
    maker: textOf(maker, "ОфициальноеНаименование") ?? textOf(maker, "Наименование") ?? null,
    country: textOf(child(element, "Страна") ?? NOTHING, "Наименование") ?? textOf(element, "Страна") ?? null,
    pictures: childrenOf(element, "Картинка").flatMap(({ text }) => text.trim() || []),
    deleted: isDeleted(element),
  }
}

/** Whether 1C says of a good or an offer that it is there no more. */
export function isDeleted(element: Element): boolean {
  const status = element.attributes["Статус"] ?? textOf(element, "Статус")
  return textOf(element, "ПометкаУдаления") === "true" || status === "Удален" || status === "Удалён"
}

export function requisitesOf(element: Element): Record<string, string> {
  const told = childrenOf(child(element, "ЗначенияРеквизитов") ?? NOTHING, "ЗначениеРеквизита")
  return Object.fromEntries(
    told.flatMap((one) => {
      const name = textOf(one, "Наименование")
      const value = textOf(one, "Значение")
      return name === undefined || value === undefined ? [] : [[name, value] as const]
    }),
  )
}

export function characteristicsOf(element: Element): [name: string, value: string][] {
  return childrenOf(child(element, "ХарактеристикиТовара") ?? NOTHING, "ХарактеристикаТовара").flatMap((one) => {
    const name = textOf(one, "Наименование")
    const value = textOf(one, "Значение")
    return name === undefined || value === undefined ? [] : [[name, value] as [string, string]]
  })
}
