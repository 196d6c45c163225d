import type { Page } from "playwright-core"
import { openBrowser, PHONE } from "./browser.ts"
import { filmOf } from "./film.ts"

/** A phone whose camera sees a barcode, drawn in bars as `barsOf` or a page draws them. */
export async function beforeCamera(bars: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const film = filmOf(bars)
  const camera = await openBrowser([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${film.file}`,
  ])
  try {
    await walk(await (await camera.newContext(PHONE)).newPage())
  } finally {
    await camera.close()
    film.drop()
  }
}
