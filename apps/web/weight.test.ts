import assert from "node:assert/strict"
import { globSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"

const CLIENT = join(import.meta.dirname, "build/client")
const KIB = 1024
const MOST = { firstLoad: 125 * KIB, chunk: 15 * KIB }

type Part = { module: string; imports?: readonly string[] }
type Route = Part & { id: string; parentId?: string; hasDefaultExport: boolean }

/** What a browser is told of the routes, with the script each of them loads at once. */
const [manifestFile] = globSync("assets/manifest-*.js", { cwd: CLIENT })
const told = readFileSync(join(CLIENT, manifestFile!), "utf8").replace(/^window\.__reactRouterManifest=/, "")
const { entry, routes } = JSON.parse(told.replace(/;\s*$/, "")) as { entry: Part; routes: Record<string, Route> }
const pages = Object.values(routes).filter(({ hasDefaultExport, id }) => hasDefaultExport && id !== "root")

const scriptsOf = ({ module, imports = [] }: Part): string[] => [module, ...imports]
const packed = (script: string): number => statSync(join(CLIENT, `${script}.br`)).size
const frame = new Set([...scriptsOf(entry), ...scriptsOf(routes["root"]!)])

/** A page with everything above it. */
function firstLoad(page: Route): Set<string> {
  const scripts = new Set([`/${manifestFile!}`, ...frame])
  for (let route: Route | undefined = page; route; route = route.parentId === undefined ? undefined : routes[route.parentId])
    for (const script of scriptsOf(route)) scripts.add(script)
  return scripts
}

test("every page there is comes with at most 125 KiB of packed script at first, the shop's and the account's alike", () => {
  assert.ok(pages.length >= 35, `${pages.length} pages are known`)
  for (const id of ["home/page", "catalog/category", "product/page", "my/home/page", "my/card/page", "sign-in/page"])
    assert.ok(routes[id], id)
  for (const page of pages) {
    const bytes = [...firstLoad(page)].reduce((sum, script) => sum + packed(script), 0)
    assert.ok(bytes > 50 * KIB && bytes <= MOST.firstLoad, `${page.id}: ${(bytes / KIB).toFixed(1)} KiB`)
  }
})

test("no script of a page's own is heavier than 15 KiB packed, so that none carries a second framework", () => {
  for (const page of pages)
    for (const script of [...firstLoad(page)].filter((one) => !frame.has(one) && !one.includes("/manifest-")))
      assert.ok(packed(script) <= MOST.chunk, `${page.id}: ${script} ${(packed(script) / KIB).toFixed(1)} KiB`)
})
