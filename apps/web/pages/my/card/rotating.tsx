import { useEffect, useState } from "react"
import { pathIn } from "../../parts/address.ts"
import { codeNow, importKey, keepPocket, type Pocket, readPocket, secondsLeft } from "../../parts/pocket.ts"
import { qrPath } from "../../parts/qr.ts"
import { useRoot } from "../../parts/root-data.ts"
import type { CardWords } from "./words.ts"

type Card = { cardId: number; number: string }
type Shown = { size: number; path: string; left: number }

/** The code that proves the phone is here: made on the phone itself, every thirty seconds, from a key it got once. */
export function RotatingCode({ card, words, balance, balanceAt }: { card: Card; words: CardWords; balance: string; balanceAt: string }) {
  const { locale } = useRoot()
  const [pocket, setPocket] = useState<Pocket | undefined>()
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    const prepare = async () => {
      const kept = await readPocket()
      const own = kept?.cardId === card.cardId ? kept : await enrol(card, pathIn(locale, "/my/card/key"))
      if (!own) return setRefused(true)
      const fresh = { ...own, balance, balanceAt, locale }
      await keepPocket(fresh)
      setPocket(fresh)
    }
    prepare().catch(() => setRefused(true))
  }, [card.cardId, balance, balanceAt])
  const shown = useShownCode(pocket)
  if (refused) return <p className="soft">{words.codeOther}</p>
  return (
    <section className="white qr" aria-label={words.codeTitle}>
      <h2 className="hidden">{words.codeTitle}</h2>
      {shown ? (
        <>
          <svg viewBox={`0 0 ${shown.size} ${shown.size}`} role="img" aria-label={words.codeTitle} shapeRendering="crispEdges">
            <path d={shown.path} fill="#000" />
          </svg>
          <div className="timer">
            <progress max={30} value={shown.left} aria-label={words.codeSays} />
          </div>
        </>
      ) : (
        <svg viewBox="0 0 33 33" aria-hidden="true" />
      )}
      <p>
        <small>{words.codeSays}</small>
      </p>
    </section>
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

async function enrol({ cardId, number }: Card, path: string): Promise<Pocket | undefined> {
  const answer = await fetch(path, {
    method: "POST",
    body: new URLSearchParams({ card: String(cardId) }),
    headers: { accept: "application/json" },
  })
  if (!answer.ok) return undefined
  const { deviceNo, secret } = (await answer.json()) as { deviceNo: number; secret: string }
  return { cardId, number, deviceNo, key: await importKey(secret), balance: "", balanceAt: "", locale: "ru" }
}
