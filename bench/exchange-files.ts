// Files as a stock 1C writes them, told piece by piece, so that a gigabyte of them is never held.
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.10" ДатаФормирования="2026-11-02T09:00:00">\n'
const FOOT = "</КоммерческаяИнформация>\n"
const TYPES =
  "<ТипыЦен><ТипЦены><Ид>r</Ид><Наименование>Розничная</Наименование><Валюта>BYN</Валюта></ТипЦены>" +
  "<ТипЦены><Ид>k</Ид><Наименование>По карте</Наименование><Валюта>BYN</Валюта></ТипЦены></ТипыЦен>\n"
const GROUPS = 200
const SENTENCE = "Лёгкая текстура быстро впитывается, не оставляет следов на одежде и дарит коже ощущение свежести на весь день. "

export type Kept = { places: readonly string[]; /** of all places, how many have a good */ each: number }

const idOf = (no: number): string => `bench-${String(no).padStart(6, "0")}`
/** Kopecks, the same in every run. */
const priceOf = (no: number): number => 150 + ((no * 7_919) % 9_000)
const roubles = (kopecks: number): string => `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, "0")}`

/** «import.xml»: groups, a property, and `goods` things with descriptions of about `textBytes`. */
export function* importXml(goods: number, { textBytes = 600 }: { textBytes?: number } = {}): Generator<string> {
  const text = SENTENCE.repeat(Math.ceil(textBytes / Buffer.byteLength(SENTENCE)))
  yield `${HEAD}<Классификатор><Ид>k</Ид><Группы>\n`
  for (let no = 0; no < GROUPS; no += 1) yield `<Группа><Ид>g${no}</Ид><Наименование>Раздел ${no}</Наименование></Группа>\n`
  yield "</Группы><Свойства><Свойство><Ид>p</Ид><Наименование>Тип кожи</Наименование></Свойство></Свойства></Классификатор>\n"
  yield '<Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>\n'
  for (let no = 0; no < goods; no += 1) {
    yield (
      `<Товар><Ид>${idOf(no)}</Ид><Штрихкод>${eanOf(no)}</Штрихкод><Артикул>A-${no}</Артикул><Наименование>Крем для рук № ${no}, 75 мл</Наименование>` +
        `<Группы><Ид>g${no % GROUPS}</Ид></Группы><Описание>${text}</Описание><Страна>Беларусь</Страна>` +
        `<ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><Значение>Нормальная</Значение></ЗначенияСвойства></ЗначенияСвойств></Товар>\n`
    )
  }
  yield `</Товары></Каталог>${FOOT}`
}

/** «offers.xml»: two prices of each good and, where shops are given, its counts in them. `dearer`: kopecks more than usual. */
export function* offersXml(
  goods: number,
  { stock, dearer = 0, from = 0 }: { stock?: Kept; dearer?: number; from?: number } = {},
): Generator<string> {
  yield `${HEAD}<ПакетПредложений СодержитТолькоИзменения="true"><Ид>k#</Ид>${TYPES}`
  if (stock) yield warehousesOf(stock.places)
  yield "<Предложения>\n"
  for (let no = from; no < from + goods; no += 1) {
    const price = priceOf(no) + dearer
    yield (
      `<Предложение><Ид>${idOf(no)}</Ид><Наименование>Крем для рук № ${no}, 75 мл</Наименование><Цены>` +
        `<Цена><ИдТипаЦены>r</ИдТипаЦены><ЦенаЗаЕдиницу>${roubles(price)}</ЦенаЗаЕдиницу><Валюта>BYN</Валюта></Цена>` +
        `<Цена><ИдТипаЦены>k</ИдТипаЦены><ЦенаЗаЕдиницу>${roubles(price - 20)}</ЦенаЗаЕдиницу><Валюта>BYN</Валюта></Цена></Цены>` +
        `${stock ? countsOf(no, goods, stock) : ""}</Предложение>\n`
    )
  }
  yield `</Предложения></ПакетПредложений>${FOOT}`
}

/** «rests.xml» of one shop, as 2.08 on tells it: `goods` counts of `place`. */
export function* restsXml(place: string, goods: number): Generator<string> {
  yield `${HEAD}<ПакетПредложений СодержитТолькоИзменения="true"><Ид>k#</Ид><Предложения>\n`
  for (let no = 0; no < goods; no += 1) {
    yield `<Предложение><Ид>${idOf(no)}</Ид><Остатки><Остаток><Склад><Ид>${place}</Ид><Количество>${no % 40}</Количество></Склад></Остаток></Остатки></Предложение>\n`
  }
  yield `</Предложения></ПакетПредложений>${FOOT}`
}

const warehousesOf = (places: readonly string[]): string =>
  `<Склады>${places.map((code) => `<Склад><Ид>${code}</Ид><Наименование>${code}</Наименование></Склад>`).join("")}</Склады>\n`

/** Each shop keeps `each` of the goods, another stretch of them than the next. */
function countsOf(no: number, goods: number, { places, each }: Kept): string {
  const step = Math.floor(goods / places.length) || 1
  return places
    .map((code, place) => {
      const isKept = (no - place * step + goods * 2) % goods < each
      return isKept ? `<Склад ИдСклада="${code}" КоличествоНаСкладе="${(no + place) % 40}"/>` : ""
    })
    .join("")
}

/** EAN-13 of a range nobody sells under (numbers of a shop's own, 2…). */
function eanOf(no: number): string {
  const digits = `229${String(no).padStart(9, "0")}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** Text in buffers of about a megabyte. */
export function* inBuffers(text: Iterable<string>): Generator<Buffer> {
  let held: string[] = []
  let size = 0
  for (const part of text) {
    held.push(part)
    size += part.length
    if (size < 500_000) continue
    yield Buffer.from(held.join(""))
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.from(held.join(""))
}
