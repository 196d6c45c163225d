import { type Account, type Hear, openSession, type Pace, type Session, SmscAway } from "./session.ts"

const LONGEST_PAUSE_MS = 60_000

export type LinkPace = Pace & {
  /** how long nobody knocks after the first failure; doubled with each further one, up to a minute, so that a wrong password does not lock the account */
  pauseMs: number
  /** how long a session that nobody hears is kept for further texts */
  idleMs: number
}

export type Link = {
  /** The session there is, or a new one. Errors: SmscAway, at once while nobody knocks. */
  session(): Promise<Session>
  /** From now on there is always a session, so that reports and answers find somebody. */
  listen(hear: Hear): void
  close(): Promise<void>
}

const NEVER_FAILED = { times: 0, why: "", untilMs: 0 }

/** One session with an SMSC, shared by all who send, opened when it is needed and opened again when it is gone. */
export function keepLink(account: Account, pace: LinkPace): Link {
  const life = new AbortController()
  const later = alarm()
  const pauseMs = (times: number) => Math.min(LONGEST_PAUSE_MS, pace.pauseMs * 2 ** Math.max(0, times - 1))
  let hear: Hear = () => Promise.reject(new Error("nobody hears"))
  let [isHeard, isClosed] = [false, false]
  let opening: Promise<Session> | undefined
  let bound: Session | undefined
  let failed = NEVER_FAILED

  function opened(): Promise<Session> {
    if (isClosed) return Promise.reject(new SmscAway("closed"))
    if (opening) return opening
    const own = openSession({ account, pace, signal: life.signal, hear: (came) => hear(came), gone: () => over(own) })
    own.then(
      (session) => {
        if (opening === own) bound = session
        failed = NEVER_FAILED
      },
      ({ message: why }: Error) => {
        failed = { times: failed.times + 1, why, untilMs: performance.now() + pauseMs(failed.times + 1) }
        over(own)
      },
    )
    return (opening = own)
  }
  function over(one: Promise<Session>): void {
    if (opening === one) opening = bound = undefined
    if (!opening && isHeard && !isClosed) later(pauseMs(failed.times), opened)
  }

  return {
    async session() {
      if (opening && bound?.isOpen() === false) over(opening)
      if (!opening && performance.now() < failed.untilMs) throw new SmscAway(failed.why)
      if (!isHeard) later(pace.idleMs, () => bound?.close())
      return opened()
    },
    listen(given) {
      ;[hear, isHeard] = [given, true]
      later(0, opened)
    },
    async close() {
      isClosed = true
      later(0, () => undefined)
      await bound?.close()
      life.abort() // one that is still being opened
    },
  }
}

/** One thing to do after a while; the newest takes the place of the one before it. */
function alarm(): (ms: number, work: () => Promise<unknown> | undefined) => void {
  let timer: NodeJS.Timeout | undefined
  return (ms, work) => {
    clearTimeout(timer)
    timer = setTimeout(() => void work()?.catch(() => undefined), ms)
  }
}
