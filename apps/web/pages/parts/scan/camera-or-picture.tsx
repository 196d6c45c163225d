import { lazy, Suspense, useRef, useState } from "react"
import { Icon } from "../icon.tsx"
import type { Wanted } from "./read-barcode.ts"
import { useCamera } from "./use-camera.ts"

// a camera and a reader of barcodes are loaded when somebody wants to scan
const Scanner = lazy(() => import("./scanner.tsx"))

export type ScanWords = Record<"scan" | "stop" | "denied" | "picture" | "reading" | "unread" | "torchOn" | "torchOff", string>

/** The camera, or a picture taken before. What is typed works without either. */
export function CameraOrPicture({ wanted, words, found }: { wanted: Wanted; words: ScanWords; found: (text: string) => void }) {
  const camera = useCamera()
  const [says, setSays] = useState("")
  const file = useRef<HTMLInputElement>(null)
  const take = (text: string) => {
    camera.stop()
    setSays("")
    navigator.vibrate?.(60)
    found(text)
  }
  const read = async (picture: File) => {
    setSays(words.reading)
    const { readPicture } = await import("./read-barcode.ts")
    const text = await readPicture(picture, wanted).catch(() => undefined)
    if (text) take(text)
    else setSays(words.unread)
  }
  return (
    <div className="needs-script scan">
      {camera.isShown && (
        <Suspense>
          <Scanner
            key={camera.attempt}
            wanted={wanted}
            denied={words.denied}
            refuse={camera.refuse}
            found={take}
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
