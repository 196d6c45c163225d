import { lazy, Suspense, useRef, useState } from "react"
import { useNavigate } from "react-router"
import { pathIn } from "../parts/address.ts"
import { Icon } from "../parts/icon.tsx"
import { useRoot } from "../parts/root-data.ts"
import { useCamera } from "../parts/scan/use-camera.ts"
import type { PricePage } from "./page.server.ts"

// a camera and a reader of barcodes are loaded when somebody wants to scan
const Scanner = lazy(() => import("../parts/scan/scanner.tsx"))

/** The camera, or a picture taken before. Digits below work without either. */
export function Scan({ page: { words, shop } }: { page: PricePage }) {
  const { locale } = useRoot()
  const navigate = useNavigate()
  const camera = useCamera()
  const [says, setSays] = useState("")
  const file = useRef<HTMLInputElement>(null)
  const show = (ean: string) => {
    camera.stop()
    setSays("")
    navigator.vibrate?.(60)
    const asked = new URLSearchParams({ ean, ...(shop ? { shop: shop.code } : {}) })
    void navigate(`${pathIn(locale, "/price-check")}?${asked.toString()}`, { preventScrollReset: true })
  }
  const read = async (picture: File) => {
    setSays(words.reading)
    const { readPicture } = await import("../parts/scan/read-barcode.ts")
    const ean = await readPicture(picture, "goods").catch(() => undefined)
    if (ean) show(ean)
    else setSays(words.unread)
  }
  return (
    <div className="needs-script scan">
      {camera.isShown && (
        <Suspense>
          <Scanner
            key={camera.attempt}
            wanted="goods"
            denied={words.denied}
            refuse={camera.refuse}
            found={show}
            torch={{ on: words.torchOn, off: words.torchOff }}
          />
        </Suspense>
      )}
      <div className="row">
        <button type="button" className="button grow" onClick={camera.press}>
          <Icon name="camera" />
          {camera.isOn ? words.stop : words.scan}
        </button>
        <button type="button" className="button quiet" onClick={() => file.current?.click()}>
          <Icon name="picture" />
          {words.picture}
        </button>
        <input
          ref={file}
          hidden
          type="file"
          accept="image/*"
          onChange={(event) => {
            const [picture] = event.currentTarget.files ?? []
            if (picture) void read(picture)
            event.currentTarget.value = ""
          }}
        />
      </div>
      <p className="soft" role="status">
        {says}
      </p>
    </div>
  )
}
