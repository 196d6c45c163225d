import { readerOf, type Wanted } from "./read-barcode.ts"

type Torch = { set: (on: boolean) => Promise<void> }

type Looking = {
  wanted: Wanted
  found: (digits: string) => void
  /** the camera has a light of its own */
  lit?: (torch: Torch) => void
}

const PAUSE_MS = 120

/** Opens the camera into `video` and looks until a barcode is seen. Nothing of the picture leaves the phone. Answers how to stop. Errors: nobody let us, or there is no camera. */
export async function lookThrough(video: HTMLVideoElement, { wanted, found, lit }: Looking): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } })
  const state = { stopped: false }
  const stop = (): void => {
    state.stopped = true
    for (const track of stream.getTracks()) track.stop()
  }
  video.srcObject = stream
  const [track] = stream.getVideoTracks()
  if (track && "torch" in track.getCapabilities()) {
    lit?.({ set: (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }) })
  }
  void seek(video, { wanted, found, state }).catch(stop)
  return stop
}

async function seek(
  video: HTMLVideoElement,
  { wanted, found, state }: { wanted: Wanted; found: (digits: string) => void; state: { stopped: boolean } },
): Promise<void> {
  await video.play()
  const read = await readerOf(wanted)
  while (!state.stopped) {
    const digits = await read(video)
    if (digits && !state.stopped) return found(digits)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
