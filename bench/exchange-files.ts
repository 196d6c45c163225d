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

/** A price list of `rows` things as a CSV people keep: semicolons, quoted names. */
export function* sheetCsv(rows: number): Generator<string> {
  yield "Код;Наименование;Бренд;Штрихкод;Цена;Цена по карте;Остаток: 0101\n"
  for (let no = 0; no < rows; no += 1) yield `${sheetRow(no).map(csvCell).join(";")}\n`
}

const csvCell = (cell: string | number): string => (typeof cell === "number" ? String(cell).replace(".", ",") : `"${cell}"`)

const HEADS = ["Код", "Наименование", "Бренд", "Штрихкод", "Цена", "Цена по карте", "Остаток: 0101"]
const BRANDS = 500

function sheetRow(no: number): (string | number)[] {
  const price = priceOf(no)
  const name = `Крем для рук № ${no}, лёгкая текстура, 75 мл`
  return [`list-${no}`, name, `Бренд ${no % BRANDS}`, eanOf(no), price / 100, (price - 20) / 100, no % 40]
}

/** The same as the parts of a workbook: texts stand in a list of their own, as Excel keeps them, each once. */
export function sheetParts(rows: number): Record<string, () => Iterable<string>> {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  return {
    "[Content_Types].xml": () => ["<Types/>"],
    "xl/workbook.xml": () => ["<workbook/>"],
    *"xl/sharedStrings.xml"() {
      yield `<sst ${main}>`
      for (const head of HEADS) yield `<si><t>${head}</t></si>`
      for (let no = 0; no < BRANDS; no += 1) yield `<si><t>Бренд ${no}</t></si>`
      for (let no = 0; no < rows; no += 1) {
        const [code, name, , ean] = sheetRow(no)
        yield `<si><t>${code}</t></si><si><t>${name}</t></si><si><t>${ean}</t></si>`
      }
      yield "</sst>"
    },
    *"xl/worksheets/sheet1.xml"() {
      yield `<worksheet ${main}><sheetData><row r="1">${HEADS.map((_, place) => cellOf(place, 1, "s", place)).join("")}</row>`
      for (let no = 0; no < rows; no += 1) {
        const [, , , , price, card, count] = sheetRow(no)
        const first = HEADS.length + BRANDS + no * 3
        const words = [first, first + 1, HEADS.length + (no % BRANDS), first + 2]
        const cells = [
          ...words.map((word, place) => cellOf(place, no + 2, "s", word)),
          ...[price, card, count].map((number, place) => cellOf(place + 4, no + 2, "n", Number(number))),
        ]
        yield `<row r="${no + 2}">${cells.join("")}</row>`
      }
      yield "</sheetData></worksheet>"
    },
  }
}

const cellOf = (place: number, row: number, type: "s" | "n", value: number): string =>
  `<c r="${String.fromCharCode(65 + place)}${row}" t="${type}"><v>${value}</v></c>`

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
