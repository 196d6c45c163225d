import type { readBarcodes, ReaderOptions } from "zxing-wasm/reader"
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url"

/** What a picture is looked through for: the 13 digits of a card, whatever stands on goods, or the square of a receipt, which holds its УИ. */
export type Wanted = "card" | "goods" | "receipt"

type Picture = { source: CanvasImageSource; width: number; height: number }
type Detector = { detect(picture: CanvasImageSource): Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

/** УИ of a receipt: 24 signs, alone or within an address. */
const UID = /(?<![0-9A-Za-z])[0-9A-Fa-f]{24}(?![0-9A-Za-z])/
const FORMS: Record<Wanted, RegExp> = { card: /^\d{13}$/, goods: /^(?:\d{8}|\d{12,14})$/, receipt: UID }
const NATIVE: Record<Wanted, string[]> = { card: ["ean_13"], goods: ["ean_13", "ean_8", "upc_a"], receipt: ["qr_code"] }
const FORMATS: Record<Wanted, NonNullable<ReaderOptions["formats"]>> = {
  card: ["EAN-13"],
  goods: ["EAN-13", "EAN-8", "UPC-A"],
  receipt: ["QRCode"],
}
const LONGEST = 1_600 // pixels a still picture is read at: more only costs time
const EACH = 4 // frames the browser's own reader missed before ours looks too

/** Reads barcodes from a camera frame by frame: by the browser itself where it can, and by ZXing, from our own address, where it cannot or does not see. */
export async function readerOf(wanted: Wanted): Promise<(video: HTMLVideoElement) => Promise<string | undefined>> {
  const native = await nativeOf(wanted)
  let looked = 0
  return async (video) => {
    if (video.videoWidth === 0) return undefined
    looked += 1
    const seen =
      native &&
      wantedIn(
        (await native.detect(video).catch(() => [])).map(({ rawValue }) => rawValue),
        wanted,
      )
    if (seen !== undefined || (native && looked % EACH !== 0)) return seen
    return readOnce({ source: video, width: video.videoWidth, height: video.videoHeight }, wanted)
  }
}

/** Reads a picture from a file, however poor: as it is, with more contrast, larger and smaller. Nothing of it leaves the phone. */
export async function readPicture(file: Blob, wanted: Wanted): Promise<string | undefined> {
  const picture = await createImageBitmap(file)
  try {
    const { width, height } = picture
    const fit = Math.min(1, LONGEST / Math.max(width, height))
    for (const [scale, contrast] of [
      [fit, 1],
      [fit, 2.2],
      [fit / 2, 1.5],
      [fit * 1.6, 1.5],
    ] as const) {
      const seen = await readOnce({ source: picture, width: Math.ceil(width * scale), height: Math.ceil(height * scale) }, wanted, contrast)
      if (seen !== undefined) return seen
    }
    return undefined
  } finally {
    picture.close()
  }
}

/** What is looked for, of all that was seen. */
const wantedIn = (texts: readonly string[], wanted: Wanted): string | undefined =>
  texts.map((text) => FORMS[wanted].exec(text)?.[0]).find((found) => found !== undefined)

async function nativeOf(wanted: Wanted): Promise<Detector | undefined> {
  const made = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!made || !(await made.getSupportedFormats()).includes(NATIVE[wanted][0]!)) return undefined
  return new made({ formats: NATIVE[wanted] })
}

type Zxing = { readBarcodes: typeof readBarcodes }

let zxing: Promise<Zxing> | undefined

function ours(): Promise<Zxing> {
  zxing ??= import("zxing-wasm/reader").then(async (reader) => {
    await reader.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
    return reader
  })
  return zxing
}

async function readOnce({ source, width, height }: Picture, wanted: Wanted, contrast = 1): Promise<string | undefined> {
  const canvas = document.createElement("canvas")
  const paper = canvas.getContext("2d", { willReadFrequently: true })
  if (!paper) return undefined
  ;[canvas.width, canvas.height] = [width, height]
  if (contrast !== 1) paper.filter = `grayscale(1) contrast(${contrast})`
  paper.drawImage(source, 0, 0, width, height)
  const reader = await ours()
  const seen = await reader.readBarcodes(paper.getImageData(0, 0, width, height), {
    formats: FORMATS[wanted],
    maxNumberOfSymbols: 1,
    tryHarder: true,
  })
  return wantedIn(
    seen.map(({ text }) => text),
    wanted,
  )
}
