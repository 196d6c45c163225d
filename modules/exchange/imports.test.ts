import { ownDb, type OwnDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { quarantineOf } from "./index.ts"
import { imported } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const DATA = process.env["MILA_SHARED_DATA"] ?? ""
const folders = [join(DATA, "commerceml"), join(DATA, "commerceml", "raw-cp1251"), join(DATA, "yml")]
const isThere = DATA !== "" && folders.every((folder) => existsSync(folder))

/** What the collections of the field hold that is no catalogue: refused, and where. */
const REFUSED: Readonly<Record<string, string>> = {
  "CML209.xsd": "format_unknown 2 schema",
  "rakov-Sale77.xml": "version_unsupported 3 КоммерческаяИнформация/Каталог",
  "rakov-Sale77.cp1251.xml": "version_unsupported 3 КоммерческаяИнформация/Каталог",
  "cassiopeia-broken.xml": "xml_broken 27 yml_catalog/shop/offers/offer/name",
  "argentcrusade-contractors.xml": "nothing_taken 4 Контрагент",
  "argentcrusade-documents.xml": "nothing_taken 4 Документ",
  "carono-orders.xml": "nothing_taken 3 Документ",
  "carono-orders.cp1251.xml": "nothing_taken 3 Документ",
  "irpsv-off-doc-1c-orders.xml": "nothing_taken 3 Документ",
  "dobromyslov-bitrix-query-response-full.xml": "nothing_taken 5 Документ",
}

test(
  "every file of the field's collections is imported, or refused with a reason that names line and field",
  {
    skip: isThere ? false : "set MILA_SHARED_DATA to a folder with commerceml/ and yml/",
  },
  async () => {
    for (const folder of folders) {
      for (const name of readdirSync(folder)
        .filter((name) => name.includes("."))
        .toSorted()) {
        const source = name
          .replace(/[^a-z0-9]+/gi, "-")
          .toLowerCase()
          .slice(0, 30)
        const rules = { currencies: ["rub", "rur", "руб", "usd", "eur"] }
        const job = await imported(own.db, readFileSync(join(folder, name)), { source, rules })
        const told = job.failure && `${job.failure.code} ${job.failure.line} ${job.failure.field}`
        assert.deepEqual([name, job.state, told], [name, REFUSED[name] ? "failed" : "done", REFUSED[name] ?? null])
        const aside = await inTransaction(own.db, (tx) => quarantineOf(tx, { id: job.id }))
        for (const { line, field, reason } of aside) assert.ok(field !== "" && (line !== null || reason === "warehouse_unknown"), name)
      }
    }
  },
)
