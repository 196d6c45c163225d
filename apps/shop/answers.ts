import type { OpenAPIHono, z } from "@hono/zod-openapi"
import type { ShopEnv } from "./context.ts"
import { Problem } from "./schemas.ts"

export type Door = OpenAPIHono<ShopEnv>

/** What a route answers, and the problem it may answer instead. */
export const answers = (schema: z.ZodType, what: string) => ({
  200: { description: what, content: { "application/json": { schema } } },
  default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: Problem } } },
})

/** Fresh for a moment: a crowd in front of one page asks once. */
export const SHORTLY = { "cache-control": "public, max-age=2" }
