import { useEffect, useState } from "react"
import { pathIn } from "../../parts/address.ts"
import { codeNow, importKey, keepPocket, type Pocket, readPocket, secondsLeft } from "../../parts/pocket.ts"
import { To } from "../../parts/link.tsx"
import { qrPath } from "@mila/kernel/qr"
import { useRoot } from "../../parts/root-data.ts"
import type { CardWords } from "./words.ts"

type Card = { cardId: number; number: string; state: string }
type Shown = { size: number; path: string; left: number }

export type CodeNow = { shown: Shown | undefined; refused: string | undefined }

/** The code that proves the phone is here: made on the phone itself, every thirty seconds, from a key it got once. */
export function useRotatingCode({ card, balance, balanceAt }: { card: Card; balance: string; balanceAt: string }): CodeNow {
  const { locale } = useRoot()
  const [pocket, setPocket] = useState<Pocket | undefined>()
  const [refused, setRefused] = useState<string>()
  const isActive = card.state === "active"
  useEffect(() => {
    if (!isActive) return
    const prepare = async () => {
      const kept = await readPocket()
      const own = kept?.cardId === card.cardId ? kept : await enrol(card, pathIn(locale, "/my/card/key"))
      if (typeof own === "string") return setRefused(own)
      const fresh = { ...own, balance, balanceAt, locale }
      await keepPocket(fresh)
      setPocket(fresh)
    }
    prepare().catch(() => setRefused("other"))
  }, [card.cardId, isActive, balance, balanceAt])
  return { shown: useShownCode(pocket), refused }
}

/** The code as a till reads it, or why there is none. */
export function RotatingCode({ code: { shown, refused }, words }: { code: CodeNow; words: CardWords }) {
  if (refused === "reauth_required") {
    return (
      <p className="soft">
        {words.codeProve} <To to={`/my/devices?prove=${encodeURIComponent("/my/card")}`}>{words.codeProveDo}</To>
      </p>
    )
  }
  if (refused) return <p className="soft">{refused === "too_many_devices" ? words.codeOther : words.codeLater}</p>
  return (
    <section className="white qr" aria-label={words.codeTitle}>
      <h2 className="hidden">{words.codeTitle}</h2>
      <QrCode shown={shown} says={words.codeTitle} />
      {shown && (
        <div className="timer">
          <progress max={30} value={shown.left} aria-label={words.codeSays} />
        </div>
      )}
      <p>
        <small>{words.codeSays}</small>
      </p>
    </section>
  )
}

/** The code's squares; their place is kept while there is none yet. */
export function QrCode({ shown, says }: { shown: Shown | undefined; says: string }) {
  if (!shown) return <svg viewBox="0 0 33 33" aria-hidden="true" />
  return (
    <svg viewBox={`0 0 ${shown.size} ${shown.size}`} role="img" aria-label={says} shapeRendering="crispEdges">
      <path d={shown.path} fill="#000" />
    </svg>
  )
}

function useShownCode(pocket: Pocket | undefined): Shown | undefined {
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    if (!pocket) return
    let drawn: { code: string; size: number; path: string } | undefined
    const draw = async () => {
      const at = new Date()
      const code = await codeNow(pocket, at)
      if (drawn?.code !== code) drawn = { code, ...qrPath(code) } // every thirty seconds; the bar beside it moves every second
      setShown({ size: drawn.size, path: drawn.path, left: secondsLeft(at) })
    }
    void draw()
    const ticking = setInterval(() => void draw(), 1_000)
    return () => clearInterval(ticking)
  }, [pocket])
  return shown
}

async function enrol({ cardId, number }: Card, path: string): Promise<Pocket | string> {
  const answer = await fetch(path, {
    method: "POST",
    body: new URLSearchParams({ card: String(cardId) }),
    headers: { accept: "application/json" },
  })
  if (!answer.ok) return ((await answer.json()) as { refused?: string }).refused ?? "other"
  const { deviceNo, secret } = (await answer.json()) as { deviceNo: number; secret: string }
  return { cardId, number, deviceNo, key: await importKey(secret), balance: "", balanceAt: "", locale: "ru" }
}
