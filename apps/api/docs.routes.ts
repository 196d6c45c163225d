import { Hono } from "hono"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { TillEnv } from "./context.ts"

// The readable page: Swagger UI from npm, served by ourselves; nothing is loaded from anywhere else.

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mila for tills</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="page"></main><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`

const START = `SwaggerUIBundle({ url: "/pos/v1/openapi.json", dom_id: "#page", deepLinking: true, supportedSubmitMethods: [], defaultModelsExpandDepth: 0 })
`

const FILES: Readonly<Record<string, { type: string; read: () => string }>> = {
  "swagger-ui.css": { type: "text/css; charset=utf-8", read: () => fromPackage("swagger-ui.css") },
  "swagger-ui-bundle.js": { type: "text/javascript; charset=utf-8", read: () => fromPackage("swagger-ui-bundle.js") },
  "start.js": { type: "text/javascript; charset=utf-8", read: () => START },
}

/** `/docs`: the contract for people. */
export function docsRoutes(): Hono<TillEnv> {
  const app = new Hono<TillEnv>()
  const kept = new Map<string, string>()
  app.get("/docs", (c) => c.html(PAGE, 200, { "content-security-policy": POLICY, "cache-control": "no-cache" }))
  app.get("/docs/:file", (c) => {
    const name = c.req.param("file")
    const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined
    if (!file) return c.notFound()
    const text = kept.get(name) ?? file.read()
    kept.set(name, text)
    return c.body(text, 200, { "content-type": file.type, "cache-control": "public, max-age=3600" })
  })
  return app
}

const fromPackage = (name: string): string => readFileSync(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), "utf8")
