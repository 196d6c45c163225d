import type { Readable } from "node:stream"

/** Hands on what comes from one stream as whole lines: what comes from another never lands in the middle of one, and no number is read by half. */
export function byLines(stream: Readable, hear: (lines: string) => void): void {
  let begun = ""
  stream.setEncoding("utf8")
  stream.on("data", (chunk: string) => {
    const text = begun + chunk
    const end = text.lastIndexOf("\n") + 1
    begun = text.slice(end)
    hear(text.slice(0, end))
  })
  stream.on("end", () => hear(begun))
}
