import wasm from "zxing-wasm/reader/zxing_reader.wasm?url"

type Reader = (video: HTMLVideoElement) => Promise<string | undefined>
type Detector = { detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

const isEan = (text: string): boolean => /^\d{13}$/.test(text)

/** Reads an EAN-13 from a picture: by the browser itself where it can, else by ZXing, from our own address. */
export async function readerOf(): Promise<Reader> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (native && (await native.getSupportedFormats()).includes("ean_13")) {
    const detector = new native({ formats: ["ean_13"] })
    return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue).find(isEan)
  }
  const { prepareZXingModule, readBarcodes } = await import("zxing-wasm/reader")
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  const canvas = document.createElement("canvas")
  const paper = canvas.getContext("2d", { willReadFrequently: true })
  return async (video) => {
    if (!paper || video.videoWidth === 0) return undefined
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    paper.drawImage(video, 0, 0)
    const seen = await readBarcodes(paper.getImageData(0, 0, canvas.width, canvas.height), { formats: ["EAN-13"], maxNumberOfSymbols: 1 })
    return seen.map(({ text }) => text).find(isEan)
  }
}
