import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import type { Picture } from "./put-groups.ts"
import { refuse } from "./refusals.ts"

const put = statement<{ no: number }>(
  "catalog.put_pictures",
  `update catalog.product_group known set pictures = given.pictures
   from jsonb_to_recordset($1::jsonb) as given(code text, pictures jsonb)
   where known.code = given.code and known.pictures is distinct from given.pictures returning no`,
)
const locked = statement<Pictures>(
  "catalog.pictures_locked",
  `select coalesce(chosen_pictures, pictures) as pictures, chosen_pictures is not null as chosen from catalog.product_group where no = $1 for update`,
)
const read = statement<Pictures>(
  "catalog.pictures_of",
  "select coalesce(chosen_pictures, pictures) as pictures, chosen_pictures is not null as chosen from catalog.product_group where no = $1",
)
const choose = statement<never>("catalog.choose_pictures", "update catalog.product_group set chosen_pictures = $2::jsonb where no = $1")

/** `chosen`: by staff; what the thing's source sends waits behind it. */
export type Pictures = { pictures: readonly Picture[]; chosen: boolean }

/** Brings the pictures a source sends up to date, by the thing's code; codes nobody knows are passed over. Harmless twice. */
export async function putPictures(
  tx: Tx,
  things: readonly { code: string; pictures: readonly Picture[] }[],
  { at }: { at: Date },
): Promise<void> {
  const changed = await put(tx, [JSON.stringify(things)])
  await noteChange(tx, { what: "groups", place: null, numbers: changed.map(({ no }) => no), at })
}

/** What a thing is shown by. Errors: product_group_not_found. */
export async function picturesOf(tx: Tx, no: number): Promise<Pictures> {
  const [found] = await read(tx, [no])
  return found ?? refuse("product_group_not_found", { no })
}

/** Staff choose a thing's pictures from those it has: `next` is told them and answers what it is to have; null lets its source's come back. Errors: product_group_not_found. */
export async function choosePictures(
  tx: Tx,
  { no, next, at }: { no: number; next: (now: readonly Picture[]) => readonly Picture[] | null; at: Date },
): Promise<Pictures> {
  const [now] = await locked(tx, [no])
  if (!now) return refuse("product_group_not_found", { no })
  const wanted = next(now.pictures)
  await choose(tx, [no, wanted && JSON.stringify(wanted)])
  await noteChange(tx, { what: "groups", place: null, numbers: [no], at })
  return picturesOf(tx, no)
}
