import { serve, type ServerType } from "@hono/node-server"
import { ownDb } from "@mila/db/testing"
import { type Db, inTransaction, simulatedClock } from "@mila/kernel"
import { isCode, outboxOf } from "@mila/messages"
import { someTexts } from "@mila/privacy/testing"
import { Hono } from "hono"
import type { AddressInfo } from "node:net"
import { type AccountContext, accountDoor } from "./index.ts"

export type Told = { status: number; body: any; headers: Headers; bytes: Uint8Array }
export type Asked = { body?: unknown; token?: string | null; headers?: Record<string, string>; from?: string }

const START = new Date("2026-11-23T09:00:00Z")

/** The account's door behind a real HTTP server, on a database of its own, under a simulated clock that starts on 23 November 2026. */
export async function anAccount(wishes: Partial<AccountContext> = {}) {
  const own = await ownDb()
  const clock = simulatedClock(START)
  await inTransaction(own.db, (tx) => someTexts(tx, START))
  const logged: object[] = []
  const log = { info: () => undefined, warn: () => undefined, error: (details: object) => void logged.push(details) }
  const context: AccountContext = {
    ...{ db: own.db, clock, log, publicUrl: "https://mila.example", phoneRules: { foreign: "refuse" }, wallets: null },
    ...{ requestsPerSecond: 10_000, dormantMonths: 12, ...wishes },
  }
  const { server, url } = await served(await accountDoor(context))
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Document

  /** One request over HTTP. Every answer has to be one that the document promises. */
  async function ask(method: string, path: string, { body, token = null, headers = {}, from = "203.0.113.7" }: Asked = {}): Promise<Told> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        "x-test-address": from,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const isJson = /json/.test(response.headers.get("content-type") ?? "")
    const told = {
      status: response.status,
      headers: response.headers,
      bytes,
      body: isJson ? JSON.parse(Buffer.from(bytes).toString()) : null,
    }
    checkPromised(document, { method, path, told })
    return told
  }

  const lastCode = () =>
    inTransaction(own.db, async (tx) => {
      const last = (await outboxOf(tx, { most: 20 })).find(({ template }) => isCode(template))
      return String(last?.params["code"])
    })
  const close = async () => {
    await new Promise((closed) => server.close(closed))
    await own.drop()
  }
  const forward = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms))
  return { ...own, clock, forward, ask, lastCode, url, document, logged, context, close }
}

export type TestAccount = Awaited<ReturnType<typeof anAccount>>
type Document = { paths: Record<string, Record<string, any>>; components: { schemas: Record<string, any> } }

/** Behind a front that says who asks, as the program's own does. */
async function served(door: Hono): Promise<{ server: ServerType; url: string }> {
  const front = new Hono<{ Variables: { requestId: string; clientAddress: string } }>()
  front.use("*", async (c, next) => {
    c.set("requestId", "11111111-1111-4111-8111-111111111111")
    c.set("clientAddress", c.req.header("x-test-address") ?? "")
    await next()
  })
  front.route("/", door)
  const server = await new Promise<ServerType>((opened) => {
    const opening = serve({ fetch: front.fetch, port: 0, hostname: "127.0.0.1" }, () => opened(opening))
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function checkPromised(document: Document, { method, path, told }: { method: string; path: string; told: Told }): void {
  const plain = path.split("?")[0]!
  const template = Object.keys(document.paths).find((one) => new RegExp(`^${one.replace(/\{\w+\}/g, "[^/]+")}$`).test(plain))
  const operation = template && document.paths[template]?.[method.toLowerCase()]
  if (!operation) return
  const promised = operation.responses[told.status]
  const named = `${method} ${template} ${told.status}`
  if (!promised) throw new Error(`${named}: the document does not know this answer: ${JSON.stringify(told.body)}`)
  if (told.status >= 400 && !promised.description.includes(`\`${told.body?.code}\``))
    throw new Error(`${named}: ${told.body?.code} is not promised`)
  const [type = ""] = (told.headers.get("content-type") ?? "").split(";")
  const schema = promised.content?.[type]?.schema
  if (schema && type === "application/json") {
    const faults = faultsOf(told.body, schema, document)
    if (faults.length > 0) throw new Error(`${named}: ${faults.join("; ")}`)
  }
}

/** What a value breaks of a JSON Schema as our document writes them. */
function faultsOf(value: any, shape: any, document: Document, at = "$"): string[] {
  const schema = wholeOf(shape, document)
  const either = schema.oneOf ?? schema.anyOf
  if (either) return either.some((one: any) => faultsOf(value, one, document, at).length === 0) ? [] : [`${at} is none of what it may be`]
  const types: string[] = schema.type === undefined ? [] : [schema.type].flat()
  if (value === null) return types.length === 0 || types.includes("null") ? [] : [`${at} is null`]
  const type = Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value
  if (types.length > 0 && !types.includes(type) && !(type === "integer" && types.includes("number")))
    return [`${at} is ${type}, not ${types.join("|")}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is ${value}`]
  if (schema.const !== undefined && schema.const !== value) return [`${at} is ${value}`]
  if (type === "array") return value.flatMap((one: any, place: number) => faultsOf(one, schema.items ?? {}, document, `${at}[${place}]`))
  if (type !== "object") return []
  const known = schema.properties ?? {}
  const missing = (schema.required ?? []).filter((name: string) => !(name in value)).map((name: string) => `${at}.${name} is missing`)
  const strange =
    schema.additionalProperties === undefined && schema.properties
      ? Object.keys(value)
          .filter((name) => !(name in known))
          .map((name) => `${at}.${name} is not promised`)
      : []
  return [
    ...missing,
    ...strange,
    ...Object.entries(known).flatMap(([name, of]) => (name in value ? faultsOf(value[name], of, document, `${at}.${name}`) : [])),
  ]
}

/** A reference followed, parts put together. */
function wholeOf(schema: any, document: Document): any {
  if (schema.$ref) return wholeOf({ ...document.components.schemas[schema.$ref.split("/").at(-1)] }, document)
  if (!schema.allOf) return schema
  const parts = schema.allOf.map((part: any) => wholeOf(part, document))
  const either = parts.flatMap((part: any) => part.oneOf ?? part.anyOf ?? [])
  const merged = Object.assign({}, ...parts, { properties: Object.assign({}, ...parts.map((part: any) => part.properties ?? {})) })
  return { ...merged, required: parts.flatMap((part: any) => part.required ?? []), ...(either.length > 0 ? { oneOf: either } : {}) }
}

/** The token of the last letter that asks whether an address is theirs. */
const letterIn = (db: Db): Promise<string> =>
  inTransaction(db, async (tx) => {
    const letter = (await outboxOf(tx, { most: 20 })).find(({ template }) => template === "email_to_prove")
    return new URL(String(letter?.params["link"])).searchParams.get("letter")!
  })

export const DEVICE = { name: "Pixel 9" }

/** Registers a person the way an app does, who answers the letter that comes; answers what a sign-in gives. */
export async function aMemberOf({ db, ask, lastCode }: TestAccount, phone: string, { from = "203.0.113.7" }: { from?: string } = {}) {
  const { body: sent } = await ask("POST", "/codes", { body: { purpose: "sign_in", phone }, from })
  await ask("POST", "/sign-in/code", { body: { flow: sent.flow, code: await lastCode(), device: DEVICE }, from })
  const consents = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
  const person = { name: { given: "Анна", family: "Петрова" }, email: "anna@example.by", consents }
  const { body } = await ask("POST", "/registration", { body: { flow: sent.flow, ...person, device: DEVICE }, from })
  const token = body.tokens.accessToken as string
  await ask("POST", "/me/email/proof", { body: { letter: await letterIn(db) }, token, from })
  return {
    token,
    refreshToken: body.tokens.refreshToken as string,
    device: body.deviceToken as string,
    sessionId: body.sessionId as number,
  }
}

let lastPhone = 1_000_000
export const aPhone = (): string => `+37529${(lastPhone += 1)}`
