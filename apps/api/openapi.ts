import { OpenAPIHono, z } from "@hono/zod-openapi"
import { Problem } from "./answers.ts"
import { BODY_CODES, type Route, ROUTES, SIGNED_CODES } from "./contract.ts"
import type { ApiCode } from "./refusals.ts"
import { SAYINGS } from "./sayings.ts"
import { STATUSES } from "./statuses.ts"

const DESCRIPTION = `
How tills talk to Mila: JSON over HTTPS. Amounts are whole kopecks, quantities whole thousandths, instants ISO 8601 with an offset, points whole.

## Signing
Every call but \`/enrol\` bears an HTTP Message Signature (RFC 9421), label \`till\`:

* covered: \`"@method"\`, \`"@path"\`, \`"@query"\` when there is one, \`"content-digest"\` when there is a body, \`"idempotency-key"\` when it is sent; more may be covered.
  \`"@target-uri"\` does for path and query;
* parameters: \`created\` (seconds since 1970, at most five minutes from our clock), \`keyid\`; \`alg\` if given is the key's own: \`hmac-sha256\` or \`ed25519\`;
* \`Content-Digest\` (RFC 9530) with \`sha-256\` over the bytes of the body.

For example:

\`\`\`http
POST /pos/v1/receipts
Content-Type: application/json
Content-Digest: sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:
Idempotency-Key: 7c0e6a1e-8a4b-4f0d-b7f4-5f6d2a6c8a10
Signature-Input: till=("@method" "@path" "content-digest" "idempotency-key");created=1795425067;keyid="till-12-9f2c11aa03be";alg="hmac-sha256"
Signature: till=:…:
\`\`\`

The secret of \`hmac-sha256\` is the 32 bytes behind the base64url text of enrolment. A clock that is off gets \`signature_expired\` with \`serverTime\`: sign by that.

## Repeating
Every write carries an \`Idempotency-Key\` (1–128 visible ASCII characters, new for each thing you mean). The same key with the same body is given the first answer word for
word; with another body \`idempotency_mismatch\`; while the first is under way \`in_flight\`. No answer in time means unknown: repeat with the same key.

## Facts
A sale or a return already happened: it is never refused for what it says. \`unreadable\` (a misspelt field, a wrong type) is for certification; in a journal even such an
item is kept. **Never send a bank card number**: it is refused everywhere, and kept nowhere.

## When we are away
\`503\` with \`Retry-After\` within two seconds. Sell on, keep the receipt, send it later: live or in a journal.
`

/** The document, in OpenAPI 3.1. */
export function openApiDocument(): Record<string, unknown> {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent("securitySchemes", "tillSignature", {
    type: "apiKey",
    in: "header",
    name: "Signature",
    description: "An HTTP Message Signature (RFC 9421), see Signing",
  })
  for (const route of ROUTES) register(app, route)
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Mila for tills", version: "1.0.0", description: DESCRIPTION.trim() },
    servers: [{ url: "/pos/v1" }],
    tags: [
      { name: "Enrolment", description: "Once a till" },
      { name: "Purchase", description: "Before the fiscal close: may be refused" },
      { name: "Facts", description: "After the fiscal close: never refused" },
      { name: "Alone", description: "Without a network, and coming back" },
    ],
  })
  return { ...document }
}

function register(app: OpenAPIHono, { method, path, tag, summary, description, body, answers, codes, key, signed }: Route): void {
  const all = signed
    ? [...codes, ...(body ? BODY_CODES.filter((code) => key !== "optional" || code !== "idempotency_key_missing") : []), ...SIGNED_CODES]
    : codes
  const params = path.includes("{id}") ? { params: z.object({ id: z.string().max(80) }) } : {}
  const headers = key === "none" ? {} : { headers: z.object({ "idempotency-key": key === "needed" ? KEY : KEY.optional() }) }
  app.openAPIRegistry.registerPath({
    ...{ method, path, tags: [tag], summary, description, operationId: operationOf(method, path) },
    security: signed ? [{ tillSignature: [] }] : [],
    request: { ...params, ...headers, ...(body ? { body: { required: true, content: { "application/json": { schema: body } } } } : {}) },
    responses: { ...good(answers), ...problems(all) },
  })
}

const KEY = z.string().min(1).max(128).openapi({ description: "New for each thing you mean; the same when you repeat it." })

function good(answers: Route["answers"]): Record<string, object> {
  const entries = Object.entries(answers).map(([status, { means, shape }]) => [
    status,
    { description: means, ...(shape ? { content: { "application/json": { schema: shape } } } : {}) },
  ])
  return Object.fromEntries(entries)
}

/** Codes by status, each with what a cashier reads. */
function problems(codes: readonly ApiCode[]): Record<string, object> {
  const byStatus = new Map<number, ApiCode[]>()
  for (const code of new Set(codes)) byStatus.set(STATUSES[code], [...(byStatus.get(STATUSES[code]) ?? []), code])
  const entries = [...byStatus].map(([status, same]) => [
    String(status),
    {
      description: same.map((code) => `\`${code}\`: ${SAYINGS[code].en}`).join("\n\n"),
      content: { "application/problem+json": { schema: Problem } },
    },
  ])
  return Object.fromEntries(entries)
}

function operationOf(method: string, path: string): string {
  const words = path.replace(/[{}]/g, "").split("/").filter(Boolean)
  return [method, ...words]
    .map((word, place) => (place === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join("")
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
