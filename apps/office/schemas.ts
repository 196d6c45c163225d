import { z } from "@hono/zod-openapi"

// The words every route of the back office shares. Unknown fields are refused, so that a misspelt one is noticed at once.

export const text = (most: number) => z.string().trim().min(1).max(most)
export const whole = (least: number, most: number) => z.number().int().min(least).max(most)
export const id = whole(1, Number.MAX_SAFE_INTEGER)
export const locale = z.enum(["ru", "be", "en"])
export const localized = z.strictObject({ ru: text(300), be: text(300), en: text(300) }).openapi("Localized")
export const day = z.iso.date().openapi({ example: "2026-11-23" })

/** An instant in a body or a query: ISO 8601 with an offset, in the years this system can mean. */
export const instantIn = z.iso
  .datetime({ offset: true })
  .transform((written) => new Date(written))
  .refine((instant) => instant.getTime() > Date.UTC(2000) && instant.getTime() < Date.UTC(2200), "an instant of our time")
  .openapi({ type: "string", format: "date-time", example: "2026-11-23T12:31:07+03:00" })

/** An instant in an answer, UTC. */
export const instant = z.date().openapi({ type: "string", format: "date-time", example: "2026-11-23T09:31:07.000Z" })

/** An id in a path or a query. */
export const idIn = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ type: "integer" })

/** How many a page holds at most. */
export const most = z.coerce.number().int().min(1).max(500).default(100).openapi({ type: "integer", default: 100 })

export const shopCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/)
  .openapi({ example: "0101" })

export const Balance = z
  .object({ pending: z.number(), available: z.number(), held: z.number(), owed: z.number() })
  .openapi("Balance", { description: "In points. `available` can be redeemed now; `owed` is a debt that the next points pay." })

export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: "For a person, in the language asked for by Accept-Language: ru, be or en." }),
    code: z.string().openapi({ description: "Stable, for programs." }),
    requestId: z.string(),
  })
  .openapi("Problem", { description: "RFC 9457. Further fields belong to the code." })
