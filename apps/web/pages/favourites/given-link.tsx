import { useEffect, useRef, useState } from "react"
import { useRoot } from "../parts/root-data.ts"
import type { FavouriteWords } from "./words.ts"

/** A link to give away: it stands there to be read; with a script a phone sends it by whatever is on it, and a desk copies it. */
export function GivenLink({ link, title, words }: { link: string; title: string; words: FavouriteWords }) {
  const shown = useRef<HTMLAnchorElement>(null)
  const [sends, setSends] = useState(false)
  const [copied, setCopied] = useState(false)
  const root = useRoot()
  useEffect(() => setSends("share" in navigator && matchMedia("(pointer: coarse)").matches), [])
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => getSelection()?.selectAllChildren(shown.current!), // the browser lets nobody write there: the link is marked, to be copied by hand
    )
  const give = () => (sends ? navigator.share({ title, url: link }).catch(() => undefined) : "clipboard" in navigator ? copy() : undefined)
  return (
    <div className="shared">
      <p>
        {words.shared}{" "}
        <a href={link} ref={shown}>
          {link}
        </a>
      </p>
      <p className="row needs-script">
        <button type="button" className="button quiet small" onClick={() => void give()}>
          {sends ? words.sendLink : words.copyLink}
        </button>
        <span className="soft" role="status">
          {copied ? root.words.copied : ""}
        </span>
      </p>
    </div>
  )
}
