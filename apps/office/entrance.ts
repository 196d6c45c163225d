import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi"
import { deviceNameOf, type Locale } from "@mila/kernel"
import type { Context } from "hono"
import type { OfficeContext, OfficeEnv } from "./context.ts"
import { withoutBankCards } from "./declare.ts"
import { Problem } from "./schemas.ts"

/** The part of the door that stands open: who signs in has no key yet. Nothing is done here but signing in and accepting an invitation. */
export type Entrance = { app: OpenAPIHono<OfficeEnv>; context: OfficeContext }

type OpenCall<Body> = { body: Body; at: Date; ip: string; locale: Locale; deviceName: string; context: OfficeContext }

type OpenRoute<B extends z.ZodType, A extends z.ZodType> = {
  path: `/${string}`
  tag: string
  summary: string
  description?: string
  body: B
  answer: A
  status?: 200 | 201
  /** opens transactions of its own, and writes the trail */
  run(call: OpenCall<z.output<B>>): Promise<z.input<A>>
}

type RefusedInput = (c: Context<OfficeEnv>, issues: readonly z.core.$ZodIssue[]) => Response

/** The entrance, still without its routes. */
export function declareEntrance({ refusedInput, ...context }: OfficeContext & { refusedInput: RefusedInput }): Entrance {
  const app = new OpenAPIHono<OfficeEnv>({
    defaultHook: (result, c) => (result.success ? undefined : refusedInput(c, result.error.issues)),
  })
  return { app, context }
}

/** Declares one route that asks for no key: a POST, documented, with the guard against bank card numbers. */
export function declareOpen<B extends z.ZodType, A extends z.ZodType>({ app, context }: Entrance, route: OpenRoute<B, A>): void {
  const config = createRoute({
    ...{ method: "post", path: route.path, tags: [route.tag], summary: route.summary, security: [] },
    description: ["Open: asks for no key.", route.description].join(" ").trim(),
    middleware: [withoutBankCards],
    request: {
      query: z.strictObject({}) as never,
      body: { required: true, content: { "application/json": { schema: route.body } } },
    },
    responses: {
      [route.status ?? 200]: { description: "Done", content: { "application/json": { schema: route.answer } } },
      default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: Problem } } },
    },
  })
  app.openapi(config, (async (c: Context<OfficeEnv>) => {
    const told = await route.run({
      body: c.req.valid("json" as never),
      at: context.clock.now(),
      ip: c.get("clientAddress") ?? "",
      locale: c.get("locale"),
      deviceName: deviceNameOf(c.req.header("user-agent") ?? ""),
      context,
    })
    return c.json(route.answer.parse(told) as object, route.status ?? 200, { "cache-control": "no-store" })
  }) as never)
}
