import { createHash } from "node:crypto"
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { build, type InlineConfig } from "vite"
import { PAGES } from "./away-pages.ts"

const HERE = import.meta.dirname
const CLIENT = resolve(HERE, "../build/client")

/** Builds the small pages that open without a network, and the service worker that brings them. What they need is listed with its version. */
export async function buildPocket(): Promise<void> {
  for (const { script } of PAGES) await build(bundle(script))
  const style = globSync("assets/style-*.css", { cwd: CLIENT })[0]
  if (style === undefined) throw new Error("the pages have no style")
  for (const { script, title, body } of PAGES)
    writeFileSync(resolve(CLIENT, `${script}.html`), page({ script, title, body, style: `/${style}` }))
  cpSync(resolve(HERE, "manifest.webmanifest"), resolve(CLIENT, "manifest.webmanifest"))
  const found = (pattern: string) =>
    globSync(pattern, { cwd: CLIENT })
      .map((file) => `/${file}`)
      .toSorted()
  const pages = PAGES.flatMap(({ script }) => [`/${script}.html`, `/${script}.js`])
  const files = [
    ...pages,
    "/manifest.webmanifest",
    "/icons/icon.svg",
    `/${style}`,
    ...found("assets/{yeseva,golos}-*.woff2"),
    ...found("assets/belarus-*.json"),
  ]
  const later = [...found("assets/zxing_reader-*.wasm"), ...found("assets/away-*.js")]
  const version = createHash("sha256")
  for (const file of [...files, ...later]) version.update(readFileSync(resolve(CLIENT, `.${file}`)))
  await build({
    ...bundle("sw"),
    define: { FILES: JSON.stringify(files), LATER: JSON.stringify(later), VERSION: JSON.stringify(version.digest("hex").slice(0, 12)) },
  })
}

const bundle = (name: string): InlineConfig => ({
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: CLIENT,
    emptyOutDir: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [name]: resolve(HERE, `${name}.ts`) },
      output: { entryFileNames: "[name].js", chunkFileNames: "assets/away-[name]-[hash].js", format: "es" },
    },
  },
})

const page = ({ script, title, body, style }: { script: string; title: string; body: string; style: string }): string => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#8c1f45">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
</head>
<body>
<header class="away-head" id="head"><a class="brand" id="brand" href="/">Мила<i>.</i></a><nav class="filters" id="ways"></nav></header>
${body}
<script type="module" src="/${script}.js"></script>
</body>
</html>
`
