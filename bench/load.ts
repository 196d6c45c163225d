import { quantile } from "./server.ts"
import type { Line, Wired } from "./wire.ts"

/** `away`: how often it was said "not now" (503), and asked again as a till does; the waiting counts. */
export type Load = { perSecond: number; p50: number; p99: number; away?: number }

export const loadOf = (millis: readonly number[], began: number, away = 0): Load => ({
  perSecond: (millis.length / (performance.now() - began)) * 1000,
  p50: quantile(millis, 0.5),
  p99: quantile(millis, 0.99),
  ...(away > 0 ? { away } : {}),
})

/** Each line asks again as soon as it is answered. Every answer must be 201, in the end. */
export async function atFull(lines: readonly Line[], requests: Wired[], seconds: number): Promise<Load> {
  const millis: number[] = []
  const began = performance.now()
  const ends = began + seconds * 1000
  await Promise.all(
    lines.map(async (line) => {
      for (let next = requests.pop(); next && performance.now() < ends; next = requests.pop()) {
        const asked = performance.now()
        await confirm(line, next)
        millis.push(performance.now() - asked)
      }
    }),
  )
  return loadOf(millis, began)
}

/** Requests leave by the clock, whether earlier ones were answered or not; their time counts from when they were due. */
export async function atPace(
  lines: readonly Line[],
  requests: Wired[],
  { perSecond, seconds, isOver = () => false }: { perSecond: number; seconds: number; isOver?: () => boolean },
): Promise<Load> {
  const free = [...lines]
  const waiting: ((line: Line) => void)[] = []
  const millis: number[] = []
  const underWay: Promise<void>[] = []
  let away = 0
  const began = performance.now()
  const send = async (request: Wired, due: number) => {
    // one after the other: a line nobody uses for some seconds is hung up on
    const line = free.shift() ?? (await new Promise<Line>((take) => waiting.push(take)))
    const told = await confirm(line, request)
    away += told
    millis.push(performance.now() - due)
    const next = waiting.shift()
    if (next) next(line)
    else free.push(line)
  }
  for (let sent = 0; sent < perSecond * seconds && !isOver();) {
    const due = ((performance.now() - began) / 1000) * perSecond
    for (; sent < due; sent += 1) underWay.push(send(requests.pop()!, began + (sent / perSecond) * 1000))
    await new Promise((wake) => setTimeout(wake, 1))
  }
  await Promise.all(underWay)
  return loadOf(millis, began, away)
}

const MOST_AWAY = 50

async function confirm(line: Line, request: Wired): Promise<number> {
  for (let away = 0; ; away += 1) {
    const { status, body } = await line.ask(request)
    if (status === 201) return away
    if (status !== 503 || away >= MOST_AWAY) throw new Error(`${status} ${body}`)
    await new Promise((wake) => setTimeout(wake, 100))
  }
}
