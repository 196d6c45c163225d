import { LOCALES } from "@mila/kernel"
import { Hono } from "hono"
import { landing, pathOf } from "./landing.ts"
import { POLICY } from "./style.ts"

/** Server-rendered pages for people, at the root. `demo` says on the page that the chain is made up. */
export function webDoor({ demo }: { demo: boolean }): Hono {
  const app = new Hono()
  for (const locale of LOCALES) {
    app.get(pathOf(locale), async (c) =>
      c.html(await landing({ locale, demo }), 200, {
        "content-security-policy": POLICY,
        "content-language": locale,
        "cache-control": "no-cache",
      }),
    )
  }
  app.get("/robots.txt", (c) => c.text(demo ? "User-agent: *\nDisallow: /\n" : "User-agent: *\nDisallow: /office/\nDisallow: /pos/\n"))
  return app
}
