import { z } from "@hono/zod-openapi"

// The words every route of the account shares. Unknown fields are refused, so that a misspelt one is noticed at once.

export const text = (most: number) => z.string().trim().min(1).max(most)
export const whole = (least: number, most: number) => z.number().int().min(least).max(most)
export const day = z.iso.date().openapi({ example: "2026-11-23" })
export const locale = z.enum(["ru", "be", "en"])

/** An instant in an answer, UTC. */
export const instant = z.date().openapi({ type: "string", format: "date-time", example: "2026-11-23T09:31:07.000Z" })

export const instantOrNull = z
  .date()
  .nullable()
  .openapi({ type: ["string", "null"] as never, format: "date-time" })

/** An id in a path. */
export const idIn = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).openapi({ type: "integer" })

/** Where a page of a list begins, and how much it holds. */
export const paged = (most: number, usual: number) => ({
  cursor: z.string().max(100).optional().openapi({ description: "`next` of the page before; left out, the newest come." }),
  limit: z.coerce.number().int().min(1).max(most).default(usual).openapi({ type: "integer", default: usual }),
})
export const next = z.string().nullable().openapi({ description: "The cursor of the next page; null at the end." })

export const flow = z
  .string()
  .regex(/^[\w-]{32}$/)
  .openapi({ description: "What the code was asked in: the code is good in this flow alone." })
export const code = z.string().max(20).openapi({ description: "Six digits from the message; spaces are forgiven.", example: "123456" })
export const phone = text(60).openapi({ description: "In any spelling.", example: "+375 29 123-45-67" })
export const password = z.string().min(1).max(1_000)
export const points = z.number().int().openapi({ description: "Points; one is worth a kopeck." })
export const minor = z.number().int().openapi({ description: "Kopecks." })

export const Balance = z
  .object({ pending: points, available: points, held: points, owed: points })
  .openapi("Balance", { description: "`available` can be redeemed now, `held` is set aside at a till, `owed` is paid by the next points." })

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
