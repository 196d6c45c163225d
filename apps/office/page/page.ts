import type { Locale } from "@mila/kernel"
import type { Hono } from "hono"
import { html } from "hono/html"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { PAGE_WORDS, type PageWords } from "./words.ts"

const ADDRESSES: Readonly<Record<Locale, string>> = { ru: "/office", be: "/office/be", en: "/office/en" }
const NAMES: Readonly<Record<Locale, string>> = { ru: "Русский", be: "Беларуская", en: "English" }

/** Nothing runs, shows or is asked here but what we serve ourselves, and no form leaves by itself. */
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join("; ")

const besides = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const ofPackage = (name: string): string => fileURLToPath(import.meta.resolve(name))
const FONTS = "@fontsource-variable/golos-text/files/golos-text"

type Served = { path: string; type: string; file: string }

/** What the page is made of, read when it is first asked for. The browser's half of WebAuthn is the library's own bundle. */
const FILES: readonly Served[] = [
  { path: "page.css", type: "text/css; charset=utf-8", file: besides("./page.css") },
  { path: "page.js", type: "text/javascript; charset=utf-8", file: besides("./page.js") },
  {
    ...{ path: "passkeys.js", type: "text/javascript; charset=utf-8" },
    file: fileURLToPath(new URL("../dist/bundle/index.umd.min.js", import.meta.resolve("@simplewebauthn/browser"))),
  },
  ...["cyrillic", "latin"].map((letters) => ({
    ...{ path: `golos-${letters}.woff2`, type: "font/woff2" },
    file: ofPackage(`${FONTS}-${letters}-wght-normal.woff2`),
  })),
]

/** The page where staff sign in, in three languages, and the files it is made of. */
export function servePage(app: Pick<Hono, "get">): void {
  for (const locale of Object.keys(ADDRESSES) as Locale[]) {
    app.get(ADDRESSES[locale], (c) => {
      c.header("content-security-policy", POLICY)
      c.header("cache-control", "no-store")
      c.header("x-robots-tag", "noindex")
      return c.html(pageIn(locale))
    })
  }
  for (const { path, type, file } of FILES) {
    let body: Uint8Array<ArrayBuffer> | undefined
    app.get(`/office/${path}`, (c) => {
      body ??= new Uint8Array(readFileSync(file))
      return c.body(body, 200, { "content-type": type, "cache-control": type === "font/woff2" ? "public, max-age=31536000" : "no-cache" })
    })
  }
}

const pageIn = (locale: Locale) => {
  const says = PAGE_WORDS[locale]
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${says.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/office/page.css" />
        <script src="/office/passkeys.js" defer></script>
        <script src="/office/page.js" type="module"></script>
      </head>
      <body
        data-copied="${says.copied}"
        data-removed="${says.removed}"
        data-out="${says.out}"
        data-over="${says.over}"
        data-cancelled="${says.cancelled}"
        data-broken="${says.broken}"
      >
        <header>
          <p class="brand"><b>${says.brand}</b> <span>${says.place}</span></p>
          <nav aria-label="${says.languages}">
            ${Object.entries(NAMES).map(
              ([other, name]) =>
                html`<a href="${ADDRESSES[other as Locale]}" lang="${other}" ${other === locale ? html`aria-current="true"` : ""}>${name}</a>`,
            )}
          </nav>
        </header>
        <main>
          <p id="told" role="status"></p>
          <noscript><p class="alert">${says.noScript}</p></noscript>
          ${ready(says)} ${entering(says)} ${invited(says)} ${day(says)}
        </main>
      </body>
    </html>`
}

const entering = (says: PageWords) =>
  html`<section id="enter" hidden>
    <h1>${says.enter}</h1>
    <button id="touch" class="main" type="button">${says.byPasskey}</button>
    <p class="soft">${says.passkeyHint}</p>
    <details>
      <summary>${says.byPassword}</summary>
      <form id="typed">
        <label>${says.number} <input name="staffId" inputmode="numeric" pattern="[1-9][0-9]{0,14}" autocomplete="username" required /></label>
        <label>${says.password} <input name="password" type="password" autocomplete="current-password" required /></label>
        <label>${says.code} <input name="code" inputmode="numeric" pattern="[0-9 ]{6,7}" autocomplete="one-time-code" required aria-describedby="code-hint" /></label>
        <p id="code-hint" class="soft">${says.codeHint}</p>
        <button class="main">${says.signIn}</button>
      </form>
    </details>
    <p class="soft">${says.noWay}</p>
  </section>`

const invited = (says: PageWords) =>
  html`<section id="invited" hidden>
    <h1>${says.welcome}, <span id="invited-name"></span></h1>
    <p>${says.invitedHint}</p>
    <div id="with-passkey">
      <button id="make" class="main" type="button">${says.makePasskey}</button>
      <p class="soft">${says.makeHint}</p>
    </div>
    <details id="with-app">
      <summary>${says.orApp}</summary>
      <button id="show-app" type="button">${says.showApp}</button>
      <form id="app" hidden>
        <p>${says.scan}</p>
        <svg id="qr" role="img" aria-label="QR"><path /></svg>
        <p class="soft">${says.secret} <code id="secret"></code></p>
        <input id="own-number" name="username" autocomplete="username" hidden />
        <label>${says.newPassword} <input name="password" type="password" autocomplete="new-password" required aria-describedby="password-hint" /></label>
        <p id="password-hint" class="soft">${says.newPasswordHint}</p>
        <label>${says.firstCode} <input name="code" inputmode="numeric" pattern="[0-9 ]{6,7}" autocomplete="one-time-code" required /></label>
        <button class="main">${says.keepApp}</button>
      </form>
    </details>
    <p class="soft">${says.until} <time id="invited-until"></time>.</p>
  </section>`

const ready = (says: PageWords) => html`<p id="ready" class="notice" hidden>${says.ready} ${says.readyNumber} <b id="ready-number"></b></p>`

const day = (says: PageWords) =>
  html`<section id="day" hidden>
    <h1>${says.day}, <span id="day-name"></span></h1>
    <h2>${says.key}</h2>
    <p class="key"><code id="key" tabindex="0"></code></p>
    <button id="copy" class="main" type="button">${says.copy}</button>
    <p class="soft">${says.keyUntil} <time id="day-until"></time>, ${says.rests}. ${says.keyHint}</p>
    <h2>${says.ways}</h2>
    <ul id="ways" data-passkey="${says.passkey}" data-authenticator="${says.authenticator}" data-added="${says.added}" data-used="${says.used}"
      data-doubted="${says.doubted}" data-remove="${says.remove}"></ul>
    <p class="soft">${says.moreWays}</p>
    <button id="sign-out" type="button">${says.signOut}</button>
  </section>`
