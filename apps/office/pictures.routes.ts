import { z } from "@hono/zod-openapi"
import { choosePictures, type Picture, picturesOf, type Pictures, pictureUrl } from "@mila/catalog"
import { inTransaction } from "@mila/kernel"
import { keepPicture, madeAnew } from "@mila/media"
import { declare, type Office } from "./declare.ts"

const MOST = 20
const byThing = z.object({ groupNo: z.coerce.number().int().min(1).max(2_147_483_647) })
const Shown = z
  .object({
    chosen: z.boolean().openapi({ description: "By staff; else they are those the thing's source sends." }),
    pictures: z.array(
      z.object({
        url: z.string(),
        drawn: z.boolean().openapi({ description: "A packshot drawn from words, for want of a photograph." }),
        width: z.number().nullable(),
        height: z.number().nullable(),
      }),
    ),
  })
  .openapi("PicturesOfThing")

const told = (no: number, { chosen, pictures }: Pictures): z.input<typeof Shown> => ({
  chosen,
  pictures: pictures.map((picture, place) => {
    const size = "kept" in picture ? { width: picture.width, height: picture.height } : { width: null, height: null }
    return { url: pictureUrl(no, place, picture), drawn: "drawn" in picture, ...size }
  }),
})

/** What a thing is shown by in the shop. A photograph takes the place of drawn packshots. */
export function declarePictures(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/product-groups/{groupNo}/pictures", permission: "catalog.read", tag: "Catalogue" },
    summary: "Pictures of a thing, in the order they are shown",
    params: byThing,
    answer: Shown,
    act: async ({ tx, params: { groupNo } }) => told(groupNo, await picturesOf(tx, groupNo)),
  })
  declare(office, {
    ...{ method: "post", path: "/product-groups/{groupNo}/pictures", permission: "catalog.write", tag: "Catalogue" },
    summary:
      "Add a photograph (base64, at most 20 MB and 50 megapixels); it is made anew, so that where and by what it was taken is gone. The same one is added once",
    params: byThing,
    body: z.strictObject({ picture: z.base64().min(1).max(27_000_000) }),
    answer: Shown,
    async run({ at, params: { groupNo }, body, note, context }) {
      await inTransaction(context.db, (tx) => picturesOf(tx, groupNo)) // nobody decodes for a thing that is not there
      const decoded = await madeAnew(Buffer.from(body.picture, "base64"))
      const shown = await inTransaction(context.db, async (tx) => {
        const kept = await keepPicture(tx, decoded, { at })
        return choosePictures(tx, { no: groupNo, next: (now) => withPhotograph(now, kept), at })
      })
      await note("catalog.pictures", `product-group:${groupNo}`, { added: decoded.print })
      return told(groupNo, shown)
    },
  })
}

/** Which of them stay, and in what order; or none by staff. */
export function declareChosenPictures(office: Office): void {
  declare(office, {
    ...{ method: "put", path: "/product-groups/{groupNo}/pictures", permission: "catalog.write", tag: "Catalogue" },
    summary: "Put the pictures in another order, or take some off: places of those that stay, as they are now, from 0",
    params: byThing,
    body: z.strictObject({ places: z.array(z.number().int().min(0).max(99)).max(MOST) }),
    answer: Shown,
    async act({ tx, at, params: { groupNo }, body: { places }, note }) {
      const next = (now: readonly Picture[]) => [...new Set(places)].flatMap((place) => now[place] ?? [])
      const shown = await choosePictures(tx, { no: groupNo, next, at })
      await note("catalog.pictures", `product-group:${groupNo}`, { places })
      return told(groupNo, shown)
    },
  })
  declare(office, {
    ...{ method: "delete", path: "/product-groups/{groupNo}/pictures", permission: "catalog.write", tag: "Catalogue" },
    summary: "Let go of what staff chose: the pictures of the thing's source are shown again",
    params: byThing,
    answer: Shown,
    async act({ tx, at, params: { groupNo }, note }) {
      const shown = await choosePictures(tx, { no: groupNo, next: () => null, at })
      await note("catalog.pictures", `product-group:${groupNo}`, { chosen: false })
      return told(groupNo, shown)
    },
  })
}

function withPhotograph(now: readonly Picture[], kept: Extract<Picture, { kept: string }>): Picture[] {
  const photographs = now.filter((picture) => "kept" in picture && picture.kept !== kept.kept)
  return [...photographs.slice(0, MOST - 1), kept]
}
