import { createHash } from "node:crypto"
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { build, type InlineConfig } from "vite"

const HERE = import.meta.dirname
const CLIENT = resolve(HERE, "../build/client")

/** Builds the small page that opens without a network, and the service worker that brings it. What it needs is listed with its version. */
export async function buildPocket(): Promise<void> {
  await build(bundle("pocket"))
  const style = globSync("assets/style-*.css", { cwd: CLIENT })[0]
  if (style === undefined) throw new Error("the pages have no style")
  writeFileSync(resolve(CLIENT, "pocket.html"), page(`/${style}`))
  cpSync(resolve(HERE, "manifest.webmanifest"), resolve(CLIENT, "manifest.webmanifest"))
  const fonts = globSync("assets/yeseva-*.woff2", { cwd: CLIENT }).map((font) => `/${font}`)
  const files = ["/pocket.html", "/pocket.js", "/manifest.webmanifest", "/icons/icon.svg", `/${style}`, ...fonts.toSorted()]
  const version = createHash("sha256")
  for (const file of files) version.update(readFileSync(resolve(CLIENT, `.${file}`)))
  await build({
    ...bundle("sw"),
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version.digest("hex").slice(0, 12)) },
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
    rolldownOptions: { input: { [name]: resolve(HERE, `${name}.ts`) }, output: { entryFileNames: "[name].js", format: "es" } },
  },
})

const page = (style: string): string => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#8c1f45">
<title>Бонусная карта</title>
<link rel="stylesheet" href="${style}">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
</head>
<body>
<main class="page narrow" id="main">
<h1 id="title">Бонусная карта</h1>
<p class="lead" id="offline" role="status"></p>
<article class="pass panel-space" id="pass" hidden>
<header><b>Мила</b><span id="show"></span></header>
<div class="white"><svg id="bars" viewBox="-11 0 113 44" role="img" shape-rendering="crispEdges"><path fill="#000"></path></svg><p class="digits" id="digits"></p></div>
<section class="white qr"><svg id="qr" viewBox="0 0 33 33" role="img" shape-rendering="crispEdges"><path fill="#000"></path></svg>
<div class="timer"><progress id="left" max="30" value="30" aria-hidden="true"></progress></div><p><small id="says"></small></p></section>
<footer><span id="balance"></span><span id="balance-at"></span></footer>
</article>
<p class="row"><button class="button quiet" id="again" type="button"></button></p>
</main>
<script type="module" src="/pocket.js"></script>
</body>
</html>
`
