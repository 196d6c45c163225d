import { type Locale, LOCALES } from "@mila/kernel"
import { html, raw } from "hono/html"
import { STYLE } from "./style.ts"
import { WORDS, type Words } from "./words.ts"

const NAMES: Readonly<Record<Locale, string>> = { ru: "Рус", be: "Бел", en: "Eng" }

/** A sprig in the page's own colour; browsers ask for an icon anyway. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='16' fill='%238c1f45'/%3E%3Cpath d='M8 23V10l8 8 8-8v13' fill='none' stroke='%23fff' stroke-width='3'/%3E%3C/svg%3E"

export const pathOf = (locale: Locale): string => (locale === "ru" ? "/" : `/${locale}`)

/** The page at the root: what runs here and where to go. */
export function landing({ locale, demo }: { locale: Locale; demo: boolean }) {
  const words = WORDS[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content="${words.lead}" />
        <title>${words.title}</title>
        <link rel="icon" href="${raw(ICON)}" />
        ${LOCALES.map((other) => html`<link rel="alternate" hreflang="${other}" href="${pathOf(other)}" />`)}
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <header>
          <a class="mark" href="${pathOf(locale)}">mila<i>.</i></a>
          <nav aria-label="${words.languages}"><ul>${LOCALES.map((other) => language(other, locale))}</ul></nav>
        </header>
        <main>
          <div class="open">
            <div><h1>${words.title}</h1><p class="lead">${words.lead}</p></div>
            ${slip(words, locale)}
          </div>
          <h2>${words.runs}</h2>
          <ul class="doors">
            ${door(words.tills, words.tillsSays, "/docs", words.tillsLink)}
            ${door(words.office, words.officeSays, "/office/v1/openapi.json", words.officeLink)}
            ${door(words.ledger, words.ledgerSays, "/health/ready", words.ledgerLink)}
          </ul>
          <p class="soon">${words.soon}</p>
        </main>
        <footer>${demo ? words.demo : "Mila"}</footer>
      </body>
    </html>`
}

const language = (other: Locale, current: Locale) =>
  html`<li><a href="${pathOf(other)}" lang="${other}" ${other === current ? raw('aria-current="page"') : ""}>${NAMES[other]}</a></li>`

const door = (title: string, says: string, href: string, link: string) =>
  html`<li><h3>${title}</h3><p>${says}</p><a href="${href}">${link}</a></li>`

/** A receipt that explains itself: what the whole system is about, in one picture. */
function slip(words: Words, locale: Locale) {
  const decimal = locale === "en" ? "." : ","
  return html`<figure class="slip">
    <dl>
      <dt>${words.receipt}</dt><dd>M-017 / 2 / 418 / 93</dd>
      <hr />
      <dt>${words.paid}</dt><dd>48${decimal}60 BYN</dd>
    </dl>
    <p class="big">+48 ${words.points}<small>${words.pending}</small></p>
    <p class="why"><b>${words.why}</b>${words.whySays}</p>
  </figure>`
}
