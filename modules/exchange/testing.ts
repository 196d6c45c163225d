import { type Db, inTransaction } from "@mila/kernel"
import { fetchPictures } from "./fetching/fetch-pictures.ts"
import type { Reach } from "./fetching/reach.ts"
import { type ImportRules, USUAL_RULES } from "./import-rules.ts"
import { askImport, type Import, importById } from "./received/imports.ts"
import { openDocument, receivePiece } from "./received/files.ts"
import { beginSession } from "./received/sessions.ts"
import { makePictures } from "./pictures.ts"
import { runImports } from "./run-imports.ts"
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { validateXML } from "xmllint-wasm"

type Wishes = Partial<Pick<Import, "source" | "dryRun" | "whole">> & { name?: string; at?: Date; rules?: Partial<ImportRules> }

const AT = new Date("2026-11-02T09:00:00Z")

/** Sends a file and asks for its import, as a door does; answers its id. */
export function sent(
  db: Db,
  content: string | Buffer,
  { name = "import.xml", source = "1c", dryRun = false, whole = false, at = AT }: Wishes = {},
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { session } = await beginSession(tx, { staffId: 1, at })
    await receivePiece(tx, { session, name, bytes: Buffer.from(content as string), most: 2 ** 31, at })
    const file = await openDocument(tx, { session, name })
    return askImport(tx, { source, session, file: file?.id ?? null, fileName: name, dryRun, whole, by: 1, at })
  })
}

/** Sends a file, imports it and answers what became of it. Prices in BYN unless the rules say otherwise. */
export async function imported(db: Db, content: string | Buffer, wishes: Wishes = {}): Promise<Import> {
  const id = await sent(db, content, wishes)
  await ran(db, wishes)
  return inTransaction(db, (tx) => importById(tx, id))
}

/** Makes pictures anew that were sent before `at`. */
export const picturesMade = (db: Db, { at = AT }: { at?: Date } = {}): Promise<{ pictures: number }> => makePictures(db, { now: () => at })

/** Fetches pictures that are due at `at`, as far as `reach` goes. */
export const picturesFetched = (
  db: Db,
  { at = AT, rules = {}, reach }: Pick<Wishes, "at" | "rules"> & { reach: Reach },
): Promise<{ fetched: number }> => fetchPictures(db, { rules: { ...USUAL_RULES, ...rules }, now: () => at }, reach)

/** Runs whatever import waits. */
export async function ran(db: Db, { rules = {}, at = AT }: Pick<Wishes, "rules" | "at"> = {}): Promise<void> {
  await runImports(db, { rules: { ...USUAL_RULES, ...rules }, now: () => at })
}

/** Where real files of the field lie, when they do: `MILA_SHARED_DATA`, or beside this project. */
export const SHARED_DATA = process.env["MILA_SHARED_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data")
const SCHEMA = join(SHARED_DATA, "commerceml/CML209.xsd")
/** The schema of CommerceML 2.09, where it lies; it may not be given away with this house. */
export const COMMERCEML_209 = existsSync(SCHEMA) ? SCHEMA : undefined

/** What libxml2, which is not ours, has against a document by a schema. */
export async function faultsBySchema(xml: string, schema: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "document.xml", contents: xml },
    schema: { fileName: "schema.xsd", contents: schema },
    maxMemoryPages: 16_384,
  })
  return errors.map(({ message }) => message)
}

/** The same by CommerceML 2.09. */
export const faultsByCommerceMl = (xml: string): Promise<string[]> => faultsBySchema(xml, readFileSync(COMMERCEML_209!, "utf8"))

type Offer = {
  id: string
  prices?: Readonly<Record<string, string>>
  name?: string
  characteristic?: readonly [string, string]
  ean?: string
  stock?: Readonly<Record<string, number>>
}

/** «import.xml» of 1C with goods by id and name; `inner` goes into each good. */
export function importXml(
  goods: readonly { id: string; name: string; inner?: string }[],
  { before = "" }: { before?: string } = {},
): string {
  const rows = goods.map(({ id, name, inner = "" }) => `<Товар><Ид>${id}</Ид><Наименование>${name}</Наименование>${inner}</Товар>`)
  return commerceMl(`${before}<Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>\n${rows.join("\n")}\n</Товары></Каталог>`)
}

/** «offers.xml» of 1C: prices in BYN by type («Розничная» is `r`, «По карте» is `k`), stock by warehouse. */
export function offersXml(offers: readonly Offer[], { before = TYPES }: { before?: string } = {}): string {
  const rows = offers.map(({ id, prices = {}, name, characteristic, ean, stock = {} }) => {
    const priced = Object.entries(prices).map(
      ([type, price]) => `<Цена><ИдТипаЦены>${type}</ИдТипаЦены><ЦенаЗаЕдиницу>${price}</ЦенаЗаЕдиницу><Валюта>BYN</Валюта></Цена>`,
    )
    const said = characteristic && `<Наименование>${characteristic[0]}</Наименование><Значение>${characteristic[1]}</Значение>`
    const counted = Object.entries(stock).map(([shop, count]) => `<Склад ИдСклада="${shop}" КоличествоНаСкладе="${count}"/>`)
    return [
      `<Предложение><Ид>${id}</Ид>${ean ? `<Штрихкод>${ean}</Штрихкод>` : ""}${name ? `<Наименование>${name}</Наименование>` : ""}`,
      said ? `<ХарактеристикиТовара><ХарактеристикаТовара>${said}</ХарактеристикаТовара></ХарактеристикиТовара>` : "",
      `<Цены>${priced.join("")}</Цены>${counted.join("")}</Предложение>`,
    ].join("")
  })
  return commerceMl(
    `<ПакетПредложений СодержитТолькоИзменения="true"><Ид>k#</Ид>${before}<Предложения>\n${rows.join("\n")}\n</Предложения></ПакетПредложений>`,
  )
}

const TYPES =
  "<ТипыЦен><ТипЦены><Ид>r</Ид><Наименование>Розничная</Наименование><Валюта>BYN</Валюта></ТипЦены>" +
  "<ТипЦены><Ид>k</Ид><Наименование>По карте</Наименование><Валюта>BYN</Валюта></ТипЦены></ТипыЦен>"

const commerceMl = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.10" ДатаФормирования="2026-11-02T09:00:00">\n${inner}\n</КоммерческаяИнформация>`
