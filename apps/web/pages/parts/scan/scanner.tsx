import { useEffect, useRef, useState } from "react"
import { Icon } from "../icon.tsx"
import { lookThrough } from "./look.ts"
import type { Wanted } from "./read-barcode.ts"

type Props = {
  wanted?: Wanted
  found: (digits: string) => void
  denied: string
  /** told when there is no camera, or none is given */
  refuse: () => void
  torch?: { on: string; off: string }
}

/** The camera, until it sees a barcode; with a light where the phone has one. */
export default function Scanner({ wanted = "card", found, denied, refuse, torch }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const [isDenied, setDenied] = useState(false)
  const [light, setLight] = useState<{ set: (on: boolean) => Promise<void> }>()
  const [isLit, setLit] = useState(false)
  useEffect(() => {
    let stop: (() => void) | undefined
    let dropped = false
    void lookThrough(video.current!, { wanted, found, lit: (torchOf) => setLight(torchOf) }).then(
      (stopped) => (dropped ? stopped() : (stop = stopped)),
      () => {
        setDenied(true)
        refuse()
      },
    )
    return () => {
      dropped = true
      stop?.()
    }
  }, [])
  if (isDenied) {
    return (
      <p className="alert" role="alert">
        {denied}
      </p>
    )
  }
  const shine = () => light?.set(!isLit).then(() => setLit(!isLit))
  return (
    <div className="scanner">
      <video ref={video} muted playsInline aria-hidden="true" />
      {light && torch && (
        <button type="button" className="button quiet small" aria-pressed={isLit} onClick={() => void shine()}>
          <Icon name="torch" />
          {isLit ? torch.off : torch.on}
        </button>
      )}
    </div>
  )
}
