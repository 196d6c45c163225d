import { z } from "@hono/zod-openapi"
import { PURPOSES } from "@mila/privacy"
import { instant, locale } from "./schemas.ts"

export const Purpose = z.enum(Object.keys(PURPOSES) as [keyof typeof PURPOSES]).openapi("Purpose")

export const ConsentText = z
  .object({
    ...{
      purpose: Purpose,
      version: z.number().int(),
      locale,
      title: z.string(),
      ask: z.string(),
      operator: z.string(),
      purposes: z.string(),
    },
    ...{ data: z.string(), term: z.string(), processors: z.string(), actions: z.string(), rights: z.string(), consequences: z.string() },
    publishedAt: instant,
  })
  .openapi("ConsentText", {
    description: "Shown before somebody agrees: `ask` beside the tick, the others under it (Law 99-З, article 5).",
  })
