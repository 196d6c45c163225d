import { useEffect, useRef, useState } from "react"
import { readerOf } from "./read-barcode.ts"

/** The camera, until it sees thirteen digits. Nothing of the picture leaves the phone. */
export default function Scanner({ found, denied }: { found: (digits: string) => void; denied: string }) {
  const video = useRef<HTMLVideoElement>(null)
  const [isDenied, setDenied] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let stopped = false
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } })
      if (stopped || !video.current) return
      video.current.srcObject = stream
      await video.current.play()
      const read = await readerOf()
      while (!stopped && video.current) {
        const digits = await read(video.current)
        if (digits) return found(digits)
        await new Promise((resolve) => setTimeout(resolve, 120))
      }
    }
    look().catch(() => setDenied(true))
    return () => {
      stopped = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [])
  return isDenied ? (
    <p className="alert" role="alert">
      {denied}
    </p>
  ) : (
    <video ref={video} muted playsInline aria-hidden="true" />
  )
}
