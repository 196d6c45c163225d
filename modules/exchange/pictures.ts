import { putPictures } from "@mila/catalog"
import { type Db, inTransaction, Refusal, statement, type Tx } from "@mila/kernel"
import { type Decoded, keepPicture, madeAnew } from "@mila/media"
import { type KeptFile, pictureMade, picturesNamed, picturesToMake } from "./received/files.ts"
import { contentOf } from "./run-imports.ts"

const AT_ONCE = 20
/** A picture may come in pieces: it is whole when none came for a while. */
const WHOLE_AFTER_MS = 2_000
const MOST_BYTES = 20_000_000

const naming = statement<{ id: string; pictures: readonly string[] }>(
  "exchange.goods_naming",
  "select distinct on (id) id, fact -> 'pictures' as pictures from exchange.good where put and fact -> 'pictures' ? $1 order by id",
)

/**
 * Makes some of the pictures anew that sources have sent (A49), and shows them with the goods that name them, whichever came first. What is no picture is left out. Answers
 * how many were looked at; nothing is lost by being cut off.
 */
export async function makePictures(db: Db, { now }: { now: () => Date }): Promise<{ pictures: number }> {
  const before = new Date(now().getTime() - WHOLE_AFTER_MS)
  const files = await inTransaction(db, (tx) => picturesToMake(tx, { before, most: AT_ONCE }))
  for (const file of files) {
    const decoded = await decodedOf(db, file)
    await inTransaction(db, async (tx) => {
      await pictureMade(tx, file.id, decoded && (await keepPicture(tx, decoded, { at: now() })))
      if (decoded) await showWithGoods(tx, file.name, now())
    })
  }
  return { pictures: files.length }
}

async function decodedOf(db: Db, file: KeptFile): Promise<Decoded | null> {
  if (file.size > MOST_BYTES) return null
  try {
    const parts: Buffer[] = []
    for await (const part of (await contentOf(db, file)).stream()) parts.push(part)
    return await madeAnew(Buffer.concat(parts))
  } catch (error) {
    if (error instanceof Refusal) return null // no picture, or its archive is damaged: the goods go on without
    throw error
  }
}

/** Goods that name a picture show it with the others they have. */
export async function showWithGoods(tx: Tx, name: string, at: Date): Promise<void> {
  const goods = await naming(tx, [name])
  const known = await picturesNamed(
    tx,
    goods.flatMap(({ pictures }) => pictures),
  )
  const things = goods.map(({ id, pictures }) => ({ code: id, pictures: pictures.flatMap((one) => known.get(one) ?? []) }))
  if (things.length > 0) await putPictures(tx, things, { at })
}
