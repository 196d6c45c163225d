import { quantile } from "./server.ts"
import type { Line, Wired } from "./wire.ts"

export type Load = { perSecond: number; p50: number; p99: number }

export const loadOf = (millis: readonly number[], began: number): Load => ({
  perSecond: (millis.length / (performance.now() - began)) * 1000,
  p50: quantile(millis, 0.5),
  p99: quantile(millis, 0.99),
})

/** Each line asks again as soon as it is answered. Every answer must be 201. */
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
  const began = performance.now()
  const send = async (request: Wired, due: number) => {
    // one after the other: a line nobody uses for some seconds is hung up on
    const line = free.shift() ?? (await new Promise<Line>((take) => waiting.push(take)))
    await confirm(line, request)
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
  return loadOf(millis, began)
}

async function confirm(line: Line, request: Wired): Promise<void> {
  const { status, body } = await line.ask(request)
  if (status !== 201) throw new Error(`${status} ${body}`)
}
