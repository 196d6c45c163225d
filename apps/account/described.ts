import { z } from "@hono/zod-openapi"
import { type AccountCode, sayingOf, STATUSES } from "./refusals.ts"
import { Problem } from "./schemas.ts"
import type { Who } from "./who-asks.ts"

/** What a route promises: where it is, what it is for, what it may refuse. */
export type Promised = {
  method: "get" | "post" | "put" | "patch" | "delete"
  /** below /api/v1, with {parameters} */
  path: `/${string}`
  tag: string
  /** of the operation, for generated clients */
  name: string
  summary: string
  description?: string
  /** of the answer; 201 for what was made */
  status?: 200 | 201 | 202
  /** whether an Idempotency-Key is taken, or has to be there: where a repeat would do harm */
  key?: "needed" | "optional"
  /** what it may refuse, beside what any route may */
  codes?: readonly AccountCode[]
}

const ANY: readonly AccountCode[] = ["malformed", "out_of_range", "bank_card_number", "too_many_requests", "unavailable", "internal"]
const BODY: readonly AccountCode[] = ["media_type_unsupported", "body_too_large"]
const KEYED: readonly AccountCode[] = ["idempotency_in_flight", "idempotency_mismatch"]

const SECURITY = { guest: [], anybody: [{}, { accessToken: [] }], member: [{ accessToken: [] }], proven: [{ accessToken: [] }] }

/** The route's part of the OpenAPI document: every status with the codes that come under it. */
export function described(
  { method, path, tag, name, summary, description, status = 200, key, codes = [] }: Promised,
  who: Who,
  { writes, answer, files }: { writes: boolean; answer: z.ZodType | undefined; files: readonly string[] },
) {
  const refused = [
    ...codes,
    ...(who === "guest" ? [] : (["not_signed_in"] as const)),
    ...(who === "proven" ? (["reauth_required"] as const) : []),
    ...(key === "needed" ? (["idempotency_key_missing"] as const) : []),
    ...(key ? KEYED : []),
    ...(writes ? BODY : []),
    ...ANY,
  ]
  const says = [description, who === "proven" ? "Takes a fresh proof: `POST /proof/code`, or a passkey." : undefined]
  return {
    ...{ method, path, tags: [tag], summary, operationId: name },
    ...(says.some(Boolean) ? { description: says.filter(Boolean).join(" ") } : {}),
    security: SECURITY[who],
    responses: { ...doneAs({ status, answer, files }), ...problemsOf([...new Set(refused)]) },
  }
}

function doneAs({ status, answer, files }: { status: number; answer: z.ZodType | undefined; files: readonly string[] }) {
  if (files.length > 0) {
    const binary = z.any().openapi({ type: "string", format: "binary" })
    const schemaOf = (type: string) => (type === "application/json" ? z.looseObject({}) : type === "text/csv" ? z.string() : binary)
    return { 200: { description: "The file", content: Object.fromEntries(files.map((type) => [type, { schema: schemaOf(type) }])) } }
  }
  if (!answer) return { 204: { description: "Done" } }
  return { [status]: { description: "Done", content: { "application/json": { schema: answer } } } }
}

/** «- `code_invalid`: …», by status. */
function problemsOf(codes: readonly AccountCode[]) {
  const byStatus = Map.groupBy(codes, (code) => STATUSES[code])
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => {
      const description = of.map((code) => `- \`${code}\`: ${sayingOf(code, "en", { wait: 60 })}`).join("\n")
      return [status, { description, content: { "application/problem+json": { schema: Problem } } }]
    }),
  )
}
