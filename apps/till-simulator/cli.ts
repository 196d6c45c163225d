#!/usr/bin/env node
// A till on the command line: enrols, signs and calls.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { argumentsOf } from "./arguments.ts"
import { CERTIFY_HELP, certifyCommand } from "./certify/command.ts"
import { PLAY_HELP, playCommand } from "./play/command.ts"
import { rotatingCode } from "./rotating-code.ts"
import { call, enrol, type EnrolledTill, signedRequest } from "./till-client.ts"
import { closeConnections } from "./transport.ts"

const HELP = `npm run till -- <command>

  enrol <url> <code>                  trades a one-time code for this till's key, kept in .till.json (mode 0600)
  call <GET|POST> <path> [json]       signs and sends; storeCode, tillNo and missing moments ("at": "now") are filled in
  sign <GET|POST> <path> [json]       prints the same request for curl
  code <card> <device> <secret>       the rotating code that a phone shows now
  ${CERTIFY_HELP}
  ${PLAY_HELP}

MILA_TILL_FILE names another file for the key; MILA_TILL_NOW (ISO 8601) is the till's clock, for a server under a simulated one.
`
const now = (): Date => new Date(process.env["MILA_TILL_NOW"] ?? Date.now())
const FILE = process.env["MILA_TILL_FILE"] ?? ".till.json"

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  closeConnections()
}

async function main([command, ...words]: string[]): Promise<number> {
  if (command === "enrol" && words.length === 2) return enrolHere(words[0]!, words[1]!)
  if ((command === "call" || command === "sign") && words.length >= 2) return send(command, words)
  if (command === "code" && words.length === 3) return code(words)
  if (command === "certify") return certifyCommand(argumentsOf(words))
  if (command === "play") return playCommand(argumentsOf(words))
  console.log(HELP)
  return command === undefined || command === "help" ? 0 : 2
}

async function enrolHere(url: string, code: string): Promise<number> {
  const till = await enrol(url, code)
  writeFileSync(FILE, `${JSON.stringify(till, null, 2)}\n`, { mode: 0o600 })
  console.log(`Till ${till.tillNo} of shop ${till.storeCode} is enrolled; its key is in ${FILE}`)
  return 0
}

function code([number = "", deviceNo = "", secret = ""]: string[]): number {
  console.log(rotatingCode({ number, deviceNo: Number(deviceNo), secret, at: now() }))
  return 0
}

async function send(command: "call" | "sign", [method = "", path = "", json]: string[]): Promise<number> {
  if (!existsSync(FILE)) {
    console.error(`no ${FILE} here: enrol first`)
    return 2
  }
  if (method !== "GET" && method !== "POST") {
    console.error("GET or POST")
    return 2
  }
  const till: EnrolledTill = JSON.parse(readFileSync(FILE, "utf8"))
  const body = json === undefined ? undefined : filledIn(till, JSON.parse(json))
  if (command === "sign") {
    const request = signedRequest(till, { method, path, text: body === undefined ? null : JSON.stringify(body), at: now() })
    const headers = Object.entries(request.headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
    console.log(["curl", "-X", method, ...headers, ...(request.body ? ["-d", quoted(request.body)] : []), quoted(request.url)].join(" "))
    return 0
  }
  const answer = await call(till, { method, path, at: now(), ...(body === undefined ? {} : { body }) })
  console.log(`${answer.status}\n${answer.body === undefined ? answer.text : JSON.stringify(answer.body, null, 2)}`)
  return answer.status < 400 ? 0 : 1
}

/** Who the till is, and "now" wherever a moment is asked. */
function filledIn({ storeCode, tillNo }: EnrolledTill, body: Record<string, unknown>): object {
  const moments = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === "now" ? now().toISOString() : value]))
  return { storeCode, tillNo, ...moments }
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
